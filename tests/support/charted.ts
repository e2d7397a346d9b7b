import type { PageRecording, PageWindow } from '../../src/render/html/model.ts';
import { mergeTrees, sumWeights, totalsOf } from '../../src/render/html/page/flame/call-tree.ts';
import { functionsOf } from '../../src/render/html/page/flame/functions.ts';
import { leftHeavy } from '../../src/render/html/page/flame/left-heavy.ts';
import { sampleOrder, timeOrder } from '../../src/render/html/page/flame/time-order.ts';
import { nodeSelfMs } from '../../src/render/html/self-times.ts';

/** Both charts of a recording: of all its threads left-heavy, of the first in time order. */
export function charted({ frames, threads, runMs }: PageRecording, window: PageWindow | null = null) {
  const { ofFrames } = functionsOf({ before: { frames, threads, runMs }, after: null });
  const tree = mergeTrees(
    threads.map(({ nodeParents, nodeFrames }) => ({
      parents: nodeParents,
      functions: nodeFrames.map((frame) => ofFrames.before[frame] ?? -1),
    })),
  );
  const selfs = sumWeights(
    tree,
    threads.map((thread) => nodeSelfMs(thread, window)),
  );
  const totals = totalsOf(tree, selfs);
  const nameOf = (node: number) => frames[tree.functions[node] ?? -1]?.name ?? '?';
  const [thread] = threads;
  const [nodesOf] = tree.nodesOf;
  if (thread === undefined || nodesOf === undefined) throw new Error('nothing was drawn');
  const inOrder = timeOrder(sampleOrder(tree, nodesOf, thread), window);
  return { tree, selfs, totals, nameOf, heavy: leftHeavy(tree, totals), inOrder };
}
