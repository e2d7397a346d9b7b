import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Environment } from '../compare/profile-report.ts';
import { tried } from './run-git.ts';

/** The machine and the tree that a measurement was made on. `node` is that of this process, whose binary runs the children. */
export async function readEnvironment(root: string): Promise<Environment> {
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    gitCommit: await tried(root, ['rev-parse', '--verify', '--quiet', 'HEAD']),
  };
}

/** Such as `Linux 6.8.0`. */
export function osRelease(): string {
  return `${type()} ${release()}`;
}
