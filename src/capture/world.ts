/** Everything that a workflow needs of processes, clocks and the machine, as one value that a test can replace. */
import type { Environment } from '../compare/profile-report.ts';
import { clockResolutionMs, type MachineWatch, watchMachine } from './machine.ts';
import type { RepositoryAccess } from './repository-access.ts';
import type { CapturedRun, RunOptions } from './run-in-child.ts';
import type { ClinicRequest } from './tools/clinic.ts';
import type { ZeroXRequest } from './tools/zero-x.ts';

export interface World {
  now(): Date;
  /**
   * One run in a fresh process, which is gone when this settles, and so is whatever it started.
   *
   * @throws OutpaceError RUN_FAILED, TIME_LIMIT, STORE_FAILED or INTERRUPTED, saying in which phase
   */
  run(options: RunOptions): Promise<CapturedRun>;
  /** The machine, and the tree in this folder. */
  readEnvironment(root: string): Promise<Environment>;
  watchMachine(): MachineWatch;
  /** The smallest step that the clock was seen to take, ms. */
  clockResolutionMs(): number;
  repository(): Promise<RepositoryAccess>;
  /** One run under one of clinic's tools; the page that it makes. */
  runClinic(request: ClinicRequest): Promise<string>;
  /** A flame graph of one thread, drawn by 0x; the page that it makes. */
  drawWithZeroX(request: ZeroXRequest): Promise<string>;
}

/** This machine. What a command does not use of it is not loaded. */
export const THIS_MACHINE: World = {
  now: () => new Date(),
  async run(options) {
    const { runInChild } = await import('./run-in-child.ts');
    return runInChild(options);
  },
  async readEnvironment(root) {
    const { readEnvironment } = await import('./environment.ts');
    return readEnvironment(root);
  },
  watchMachine,
  clockResolutionMs,
  async repository() {
    const { REPOSITORY_ACCESS } = await import('./repository-access.ts');
    return REPOSITORY_ACCESS;
  },
  async runClinic(request) {
    const { runClinic } = await import('./tools/clinic.ts');
    return runClinic(request);
  },
  async drawWithZeroX(request) {
    const { drawWithZeroX } = await import('./tools/zero-x.ts');
    return drawWithZeroX(request);
  },
};
