/**
 * Boxes in rows, the callers above. A box of a row is named by a key that only its chart understands, so that no chart
 * needs an object for each of its boxes. Places and widths are in ms.
 */
export interface Chart {
  readonly rows: number;
  /** What the root spans. */
  readonly startMs: number;
  readonly endMs: number;
  /** The first box of a row that ends after a place; −1 where none does. */
  readonly firstAfter: (row: number, atMs: number) => number;
  /** The last box of a row that starts before a place; −1 where none does. */
  readonly lastBefore: (row: number, atMs: number) => number;
  readonly startOf: (row: number, key: number) => number;
  readonly endOf: (row: number, key: number) => number;
  /** The node of the tree that a box stands for. */
  readonly nodeOf: (row: number, key: number) => number;
}

export interface Box {
  readonly row: number;
  readonly key: number;
  readonly node: number;
  readonly startMs: number;
  readonly endMs: number;
}

function boxOf(chart: Chart, row: number, key: number): Box | null {
  if (key < 0) return null;
  const node = chart.nodeOf(row, key);
  return { row, key, node, startMs: chart.startOf(row, key), endMs: chart.endOf(row, key) };
}

/** Sums of the same widths in another order differ by so much; no sample is so short. */
function slack({ startMs, endMs }: Chart): number {
  return (endMs - startMs) * 1e-12;
}

export function rootOf(chart: Chart): Box | null {
  return chart.rows === 0 ? null : boxOf(chart, 0, chart.firstAfter(0, chart.startMs));
}

/** The box under a place, null where there is none. */
export function boxAt(chart: Chart, row: number, atMs: number): Box | null {
  if (row < 0 || row >= chart.rows) return null;
  const box = boxOf(chart, row, chart.firstAfter(row, atMs));
  return box !== null && box.startMs <= atMs ? box : null;
}

export type Direction = 'parent' | 'child' | 'next' | 'previous';

/** The box beside another one; null at the edge. Next and previous are those of the row, whoever called them. */
export function neighbour(chart: Chart, box: Box, direction: Direction): Box | null {
  const leastMs = slack(chart);
  const { row, startMs, endMs } = box;
  switch (direction) {
    case 'parent':
      return row === 0 ? null : boxOf(chart, row - 1, chart.firstAfter(row - 1, startMs + leastMs));
    case 'child': {
      if (row + 1 >= chart.rows) return null;
      const child = boxOf(chart, row + 1, chart.firstAfter(row + 1, startMs + leastMs));
      return child !== null && child.startMs < endMs - leastMs ? child : null;
    }
    case 'next':
      return boxOf(chart, row, chart.firstAfter(row, endMs + leastMs));
    case 'previous':
      return boxOf(chart, row, chart.lastBefore(row, startMs - leastMs));
  }
}
