import { THIS_MACHINE, type World } from '../capture/world.ts';
import type { OnceReport } from '../compare/once-report.ts';
import { runProgress } from '../render/run-text.ts';
import type { RunningOptions } from './options.ts';
import { projectOf, subjectOf } from './request.ts';

export interface RunOptions extends RunningOptions {
  readonly implementation: string;
  /** Where the output goes: bytes as they are, text as UTF-8, any other value as JSON. Without it, it is let go. */
  readonly outputFile?: string | undefined;
  /** Gets what the process prints, on its stdout and its stderr, which waits for a promise; without it, that is dropped. */
  readonly onPrinted?: ((bytes: Uint8Array) => void | Promise<void>) | undefined;
}

/** One unprofiled run in a fresh process; its output file appears when it is complete. */
export async function run(options: RunOptions): Promise<OnceReport>;
/** @internal */
export async function run(options: RunOptions, world: World): Promise<OnceReport>;
export async function run(options: RunOptions, world: World = THIS_MACHINE): Promise<OnceReport> {
  const { run: runOnce } = await import('../workflow/run.ts');
  const { removeLeftovers } = await import('../store/leftovers.ts');
  const project = await projectOf(options);
  await removeLeftovers(project);
  const name = options.implementation;
  const implementation = await project.implementation(name);
  options.onProgress?.({ kind: 'step', message: `${name}: one run` });
  return runOnce({
    ...subjectOf(project, options, world),
    implementation,
    onPrinted: options.onPrinted,
    outputFile: options.outputFile ?? null,
    onProgress: (soFar) =>
      options.onProgress?.({ kind: 'detail', message: `${name}: ${runProgress(soFar)}` }),
  });
}
