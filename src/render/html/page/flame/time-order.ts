import type { PageThread, PageWindow } from '../../model.ts';
import { firstUntil } from '../../self-times.ts';
import { ancestorsOf } from './ancestors.ts';
import type { CallTree } from './call-tree.ts';
import type { Chart } from './chart.ts';
import { smallerValues } from './smaller-values.ts';

/** A thread's samples, made ready for being drawn in their order, whatever part of them. */
export type SampleOrder = ReturnType<typeof sampleOrder>;

/**
 * @param tree that the thread's nodes were merged into
 * @param nodesOf of each of the thread's nodes the one of the tree
 */
export function sampleOrder(tree: CallTree, nodesOf: Int32Array, thread: PageThread) {
  const ancestors = ancestorsOf(tree.parents);
  const nodes = new Int32Array(thread.sampleNodes.length);
  for (let sample = 0; sample < nodes.length; sample += 1) {
    nodes[sample] = nodesOf[thread.sampleNodes[sample] ?? 0] ?? 0;
  }
  // How far each sample's stack is the one of the sample before, and, less than 0, how deep it is.
  const shared = new Int32Array(nodes.length);
  const shallow = new Int32Array(nodes.length);
  for (let sample = 0; sample < nodes.length; sample += 1) {
    const node = nodes[sample] ?? 0;
    shared[sample] = sample === 0 ? -1 : ancestors.commonDepth(nodes[sample - 1] ?? 0, node);
    shallow[sample] = -(ancestors.depths[node] ?? 0);
  }
  return { thread, nodes, ancestors, shallow, shared: smallerValues(shared), depth: smallerValues(shallow) };
}

/**
 * The picture in time order: of samples that follow one another, what their stacks have in common from the root on is
 * one box. The key of a box is its first sample.
 *
 * No box is stored: a box of a row goes on until the next sample that shares fewer callers than the row is deep.
 */
export function timeOrder(order: SampleOrder, window: PageWindow | null): Chart {
  const { thread, nodes, ancestors, shallow, shared, depth } = order;
  const { sampleStartMs, lastSampleEndMs } = thread;
  const startMs = Math.max(thread.startMs, window?.startMs ?? 0);
  const endMs = Math.max(startMs, Math.min(thread.endMs, window?.endMs ?? Number.POSITIVE_INFINITY));
  const last = endMs > (sampleStartMs[0] ?? endMs) ? before(sampleStartMs, endMs) : -1;
  const first = lastSampleEndMs > startMs && endMs > startMs ? firstUntil(sampleStartMs, startMs) : last + 1;

  const deepest = (row: number) => 1 - row;
  const boxWith = (row: number, sample: number) => Math.max(first, shared.previous(sample, row));
  return {
    rows: first > last ? 0 : 1 - leastWithin(shallow, first, last),
    startMs,
    endMs,
    firstAfter: (row, atMs) => {
      const sample = Math.max(first, firstUntil(sampleStartMs, atMs));
      if (sample > last || (sample === last && lastSampleEndMs <= atMs) || atMs >= endMs) return -1;
      if ((shallow[sample] ?? 0) <= -row) return boxWith(row, sample);
      const deep = depth.next(sample, deepest(row));
      return deep <= last ? deep : -1;
    },
    lastBefore: (row, atMs) => {
      const sample = Math.min(last, before(sampleStartMs, atMs));
      const deep = sample < first ? -1 : depth.previous(sample, deepest(row));
      return deep < first || atMs <= startMs ? -1 : boxWith(row, deep);
    },
    startOf: (_, sample) => Math.max(startMs, sampleStartMs[sample] ?? startMs),
    endOf: (row, sample) => {
      const next = shared.next(sample + 1, row);
      return Math.min(
        endMs,
        next <= last ? (sampleStartMs[next] ?? endMs) : (sampleStartMs[last + 1] ?? lastSampleEndMs),
      );
    },
    nodeOf: (row, sample) => ancestors.at(nodes[sample] ?? 0, row),
  };
}

/** The last sample that starts before a time; −1 where none does. */
function before(sampleStartMs: Float64Array, atMs: number): number {
  const until = firstUntil(sampleStartMs, atMs);
  for (let sample = until; sample >= 0; sample -= 1) if ((sampleStartMs[sample] ?? 0) < atMs) return sample;
  return -1;
}

function leastWithin(values: Int32Array, first: number, last: number): number {
  let least = values[first] ?? 0;
  for (let index = first; index <= last; index += 1) least = Math.min(least, values[index] ?? 0);
  return least;
}
