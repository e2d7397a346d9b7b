import type { CallTree } from './call-tree.ts';
import type { Chart } from './chart.ts';

/**
 * The aggregated picture: each node one box, as wide as its total, siblings from the heaviest to the lightest.
 *
 * Boxes lie row by row and in each row from left to right, so that a place is found by bisection.
 *
 * @param totals of each node, ms; at least the sum of its children's. Nodes of no weight have no box
 */
export function leftHeavy(tree: CallTree, totals: Float64Array): Chart {
  const { nodes, starts, rowStarts } = placed(tree, totals);
  const widthOf = (key: number) => totals[nodes[key] ?? 0] ?? 0;
  const endOf = (key: number) => (starts[key] ?? 0) + widthOf(key);
  /** The first box of a row for which a rising condition holds. */
  const bisect = (row: number, holds: (key: number) => boolean): number => {
    let [low, high] = [rowStarts[row] ?? 0, rowStarts[row + 1] ?? 0];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    rows: rowStarts.length - 1,
    startMs: 0,
    endMs: totals[0] ?? 0,
    firstAfter: (row, atMs) => {
      const key = bisect(row, (box) => endOf(box) > atMs);
      return key < (rowStarts[row + 1] ?? 0) ? key : -1;
    },
    lastBefore: (row, atMs) => {
      const key = bisect(row, (box) => (starts[box] ?? 0) >= atMs) - 1;
      return key >= (rowStarts[row] ?? 0) ? key : -1;
    },
    startOf: (_, key) => starts[key] ?? 0,
    endOf: (_, key) => endOf(key),
    nodeOf: (_, key) => nodes[key] ?? 0,
  };
}

/** Row by row: the children of a row's boxes, box by box, are the next row. */
function placed(tree: CallTree, totals: Float64Array) {
  const { childStarts, children } = heaviestFirst(tree, totals);
  const nodes = new Int32Array(totals.length);
  const starts = new Float64Array(totals.length);
  const rowStarts = [0];
  let count = (totals[0] ?? 0) > 0 ? 1 : 0;
  for (let box = 0; box < count; ) {
    const rowEnd = count;
    rowStarts.push(rowEnd);
    for (; box < rowEnd; box += 1) {
      const node = nodes[box] ?? 0;
      let startMs = starts[box] ?? 0;
      for (let at = childStarts[node] ?? 0; at < (childStarts[node + 1] ?? 0); at += 1) {
        const child = children[at] ?? 0;
        const width = totals[child] ?? 0;
        if (!(width > 0)) break;
        nodes[count] = child;
        starts[count] = startMs;
        startMs += width;
        count += 1;
      }
    }
  }
  return { nodes, starts, rowStarts: Int32Array.from(rowStarts) };
}

/** The children of all nodes, node after node, each node's from the heaviest on; equal ones in their first order. */
function heaviestFirst({ parents }: CallTree, totals: Float64Array) {
  const childStarts = new Int32Array(parents.length + 1);
  for (let node = 1; node < parents.length; node += 1) {
    const after = (parents[node] ?? 0) + 1;
    childStarts[after] = (childStarts[after] ?? 0) + 1;
  }
  for (let node = 0; node < parents.length; node += 1) {
    childStarts[node + 1] = (childStarts[node + 1] ?? 0) + (childStarts[node] ?? 0);
  }
  const filled = childStarts.slice();
  const children = new Int32Array(Math.max(0, parents.length - 1));
  for (let node = 1; node < parents.length; node += 1) {
    const parent = parents[node] ?? 0;
    const at = filled[parent] ?? 0;
    children[at] = node;
    filled[parent] = at + 1;
  }
  const heavier = (a: number, b: number) => (totals[b] ?? 0) - (totals[a] ?? 0) || a - b;
  for (let node = 0; node < parents.length; node += 1) {
    const [from, to] = [childStarts[node] ?? 0, childStarts[node + 1] ?? 0];
    if (to - from > 1) children.subarray(from, to).sort(heavier);
  }
  return { childStarts, children };
}
