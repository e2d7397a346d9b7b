import type { Pass } from '../capture/child/messages.ts';
import type { CapturedRun, RunOptions } from '../capture/run-in-child.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Subject } from './bench-round.ts';

/** One run of an implementation in a fresh process, in the folder that it belongs to. */
export function runSide(
  subject: Subject,
  { name, entry, root, nodeOptions }: Implementation,
  pass: Pass,
  watching: Pick<RunOptions, 'onProgress' | 'onPrinted'> = {},
): Promise<CapturedRun> {
  const { world, ...options } = subject;
  return world.run({
    ...options,
    nodeOptions: nodeOptions ?? subject.nodeOptions,
    request: { entry, input: subject.input, pass },
    implementation: name,
    cwd: root ?? subject.root,
    ...watching,
  });
}
