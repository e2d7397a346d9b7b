import type { CallTree } from './call-tree.ts';

/**
 * The nodes with the largest totals on any side, from the largest on; equal ones callers first. None without any time.
 *
 * @param totals of each side, undefined for a side that is not shown
 */
export function heaviestNodes(
  { parents }: CallTree,
  totals: readonly (Float64Array | undefined)[],
  count: number,
): number[] {
  const weights = new Float64Array(parents.length);
  for (const side of totals) {
    for (let node = 0; node < weights.length; node += 1) {
      weights[node] = Math.max(weights[node] ?? 0, side?.[node] ?? 0);
    }
  }
  // A typed array sorts numbers as such, and without a comparator fast.
  const least = weights.toSorted().at(-count) ?? 0;
  const nodes: number[] = [];
  for (let node = 0; node < weights.length; node += 1) {
    const weight = weights[node] ?? 0;
    if (weight > 0 && weight >= least) nodes.push(node);
  }
  return nodes.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b).slice(0, count);
}
