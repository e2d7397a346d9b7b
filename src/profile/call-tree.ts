import { IdIndex } from './id-index.ts';
import type { NodeTable } from './model.ts';
import { joined, type NodeColumns } from './node-columns.ts';
import type { Refuse } from './refusal.ts';

const NONE = -1;
/** In place of the caller of a node whose caller is not described. */
const UNKNOWN = -2;

export interface CallTree {
  readonly table: NodeTable;
  /** Where in the table each id is. */
  readonly ids: IdIndex;
  /** How many nodes are named but not described, or hang from one that is not. */
  readonly skipped: number;
}

/**
 * Nodes in depth-first order; callees in the order in which they were read.
 *
 * @param nodes empty then
 * @param refuse throws where what is described is no tree
 */
export function callTree(nodes: NodeColumns, refuse: Refuse): CallTree {
  const idBlocks = nodes.ids.takeBlocks();
  const ids = new IdIndex(idBlocks, (id) => refuse(`two nodes have the id ${id}`));
  const idOf = (row: number): number => {
    let at = row;
    for (const block of idBlocks) {
      if (at < block.length) return block[at] ?? Number.NaN;
      at -= block.length;
    }
    return Number.NaN;
  };
  const frames = joined(nodes.frames.takeBlocks());
  const parents = new Int32Array(frames.length).fill(NONE);
  let orphans = 0;
  let firstOrphan = '';
  let missingChildren = 0;
  nodes.parents.take((row, id) => {
    const parent = ids.rowOf(id);
    if (parent === NONE) {
      orphans += 1;
      firstOrphan ||= `node ${idOf(row)} has the parent ${id}, which does not exist`;
    }
    parents[row] = parent === NONE ? UNKNOWN : parent;
  });
  nodes.children.take((row, id) => {
    const child = ids.rowOf(id);
    if (child === NONE) {
      missingChildren += 1;
      return;
    }
    const other = parents[child] ?? NONE;
    if (other === UNKNOWN) orphans -= 1;
    else if (other !== NONE && other !== row)
      refuse(`node ${id} has two parents, ${idOf(other)} and ${idOf(row)}`);
    parents[child] = row;
  });
  if (isDepthFirst(parents)) return { table: { parents, frames }, ids, skipped: missingChildren };
  if (orphans > 0 && !parents.includes(NONE)) refuse(firstOrphan);
  const { order, count } = depthFirst(parents, refuse);
  if (orphans === 0 && count < frames.length) refuseCycle(frames.length - count, refuse);
  const lost = orphans === 0 ? 0 : belowOrphans(parents);
  if (count + lost < frames.length) refuseCycle(frames.length - count - lost, refuse);
  ids.renumber(order);
  return { table: reordered({ parents, frames, order, count }), ids, skipped: missingChildren + lost };
}

function refuseCycle(nodes: number, refuse: Refuse): never {
  return refuse(`${nodes} nodes form a cycle and hang from no root`);
}

/** Whether each row's caller is the row before or a caller of that: so does V8 write them, and nothing has to move. */
function isDepthFirst(parents: Int32Array): boolean {
  if (parents[0] !== NONE) return false;
  for (let row = 1; row < parents.length; row += 1) {
    const parent = parents[row] ?? NONE;
    if (parent < 0) return false;
    let above = row - 1;
    while (above > parent) above = parents[above] ?? NONE;
    if (above !== parent) return false;
  }
  return true;
}

/** The place of each row in depth-first order, −1 for what does not hang from the root; and how many do. */
function depthFirst(parents: Int32Array, refuse: Refuse): { order: Int32Array; count: number } {
  const firstChild = new Int32Array(parents.length).fill(NONE);
  const nextSibling = new Int32Array(parents.length).fill(NONE);
  let root = NONE;
  let roots = 0;
  for (let row = parents.length - 1; row >= 0; row -= 1) {
    const parent = parents[row] ?? NONE;
    if (parent === NONE) {
      root = row;
      roots += 1;
    } else if (parent !== UNKNOWN) {
      nextSibling[row] = firstChild[parent] ?? NONE;
      firstChild[parent] = row;
    }
  }
  if (roots !== 1) refuse(`it has ${roots} roots instead of one`);
  const order = new Int32Array(parents.length).fill(NONE);
  let place = 0;
  for (let row = root; row !== NONE; ) {
    order[row] = place;
    place += 1;
    let next = firstChild[row] ?? NONE;
    for (let at = row; next === NONE && at !== root; at = parents[at] ?? NONE) next = nextSibling[at] ?? NONE;
    row = next;
  }
  return { order, count: place };
}

/** How many nodes hang from one whose caller is unknown, those included. */
function belowOrphans(parents: Int32Array): number {
  const LOST = 1;
  const KEPT = 2;
  const state = new Uint8Array(parents.length);
  let lost = 0;
  for (let row = 0; row < parents.length; row += 1) {
    let top = row;
    let steps = 0;
    // A cycle is left after as many steps as there are nodes.
    while (top >= 0 && state[top] === 0 && steps <= parents.length) {
      top = parents[top] ?? NONE;
      steps += 1;
    }
    const isLost = top === UNKNOWN || (top >= 0 && state[top] === LOST);
    for (let at = row; at >= 0 && state[at] === 0; at = parents[at] ?? NONE) {
      state[at] = isLost ? LOST : KEPT;
      if (isLost) lost += 1;
    }
  }
  return lost;
}

interface Ordered {
  readonly parents: Int32Array;
  readonly frames: Int32Array;
  readonly order: Int32Array;
  readonly count: number;
}

function reordered({ parents, frames, order, count }: Ordered): NodeTable {
  const table = { parents: new Int32Array(count), frames: new Int32Array(count) };
  for (let row = 0; row < order.length; row += 1) {
    const place = order[row] ?? NONE;
    if (place === NONE) continue;
    const parent = parents[row] ?? NONE;
    table.parents[place] = parent === NONE ? NONE : (order[parent] ?? NONE);
    table.frames[place] = frames[row] ?? 0;
  }
  return table;
}
