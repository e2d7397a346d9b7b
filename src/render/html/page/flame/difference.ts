import type { CallTree } from './call-tree.ts';
import { totalsOf } from './call-tree.ts';

/** What the boxes of a difference are as wide as. */
export const BASES = ['after', 'before', 'larger'] as const;
export type Basis = (typeof BASES)[number];

/** What the nodes of one tree weigh on each side, ms. */
export interface SelfTimes {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/**
 * The totals that boxes are drawn as wide as.
 *
 * `larger` takes the larger of a node's own times on the two sides, and sums these: the picture is then wider than either
 * side, but nothing that is on one side alone is missing.
 */
export function widths(tree: CallTree, { before, after }: SelfTimes, basis: Basis): Float64Array {
  if (basis === 'before') return totalsOf(tree, before);
  if (basis === 'after') return totalsOf(tree, after);
  return totalsOf(
    tree,
    before.map((ms, node) => Math.max(ms, after[node] ?? 0)),
  );
}

/** Of each node how much its total grew, as a part of the largest change of all nodes: −1 to 1. */
export function changeStrengths(before: Float64Array, after: Float64Array): Float64Array {
  const changes = after.map((ms, node) => ms - (before[node] ?? 0));
  const largest = changes.reduce((most, change) => Math.max(most, Math.abs(change)), 0);
  return largest === 0 ? changes : changes.map((change) => change / largest);
}
