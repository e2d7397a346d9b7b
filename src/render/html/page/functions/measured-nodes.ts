import type { BothSides, Page, PageThread, PageWindow, SideName } from '../../model.ts';
import { nodeSelfMs, nodeTotalMs } from '../../self-times.ts';
import type { FunctionTable } from './function-table.ts';

/** The call tree of one thread with the time of each node in the part that is looked at. */
export interface MeasuredThread {
  readonly parents: Int32Array;
  /** Of each node its function. */
  readonly functions: Int32Array;
  readonly selfMs: Float64Array;
  readonly totalMs: Float64Array;
  /** 1 where the function stands nowhere above the node too: its time is that of the function, once. */
  readonly outermost: Uint8Array;
}

/** The trees of both sides within a window, of one thread or of all. */
export function measuredThreads(
  { recordings }: Page,
  table: FunctionTable,
  { window, thread }: { readonly window: PageWindow | null; readonly thread: number | 'all' },
): BothSides<readonly MeasuredThread[]> {
  const measure = (side: SideName): MeasuredThread[] =>
    (recordings[side]?.threads ?? [])
      .filter((_, index) => thread === 'all' || thread === index)
      .map((one) => measured(one, table.ofFrame[side], window));
  return { before: measure('before'), after: measure('after') };
}

function measured(thread: PageThread, ofFrame: Int32Array, window: PageWindow | null): MeasuredThread {
  const functions = thread.nodeFrames.map((frame) => ofFrame[frame] ?? -1);
  const selfMs = nodeSelfMs(thread, window);
  return {
    parents: thread.nodeParents,
    functions,
    selfMs,
    totalMs: nodeTotalMs(thread, selfMs),
    outermost: outermostNodes(thread.nodeParents, functions),
  };
}

/** By a walk up from each node, which finds the same whatever order the nodes stand in. */
function outermostNodes(parents: Int32Array, functions: Int32Array): Uint8Array {
  const outermost = new Uint8Array(parents.length);
  for (let node = 0; node < parents.length; node += 1) {
    const own = functions[node];
    let above = parents[node] ?? -1;
    while (above >= 0 && functions[above] !== own) above = parents[above] ?? -1;
    outermost[node] = above < 0 ? 1 : 0;
  }
  return outermost;
}
