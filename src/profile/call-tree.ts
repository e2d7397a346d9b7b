import { IdIndex } from './id-index.ts';
import type { NodeTable } from './model.ts';
import { joined, type NodeColumns } from './node-columns.ts';
import type { Refuse } from './refusal.ts';

const NONE = -1;

/**
 * Nodes in depth-first order, and where in it each id is now; callees in the order in which they were read.
 *
 * @param nodes empty then
 */
export function callTree(nodes: NodeColumns, refuse: Refuse): { table: NodeTable; ids: IdIndex } {
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
  nodes.parents.take((row, id) => {
    const parent = ids.rowOf(id);
    if (parent === NONE) refuse(`node ${idOf(row)} has the parent ${id}, which does not exist`);
    parents[row] = parent;
  });
  nodes.children.take((row, id) => {
    const child = ids.rowOf(id);
    if (child === NONE) refuse(`node ${idOf(row)} has the child ${id}, which does not exist`);
    const other = parents[child] ?? NONE;
    if (other !== NONE && other !== row)
      refuse(`node ${id} has two parents, ${idOf(other)} and ${idOf(row)}`);
    parents[child] = row;
  });
  if (isDepthFirst(parents)) return { table: { parents, frames }, ids };
  const order = depthFirst(parents, refuse);
  ids.renumber(order);
  return { table: reordered(parents, frames, order), ids };
}

/** Whether each row's caller is the row before or a caller of that: so does V8 write them, and nothing has to move. */
function isDepthFirst(parents: Int32Array): boolean {
  if (parents[0] !== NONE) return false;
  for (let row = 1; row < parents.length; row += 1) {
    const parent = parents[row] ?? NONE;
    let above = row - 1;
    while (above > parent) above = parents[above] ?? NONE;
    if (above !== parent || parent === NONE) return false;
  }
  return true;
}

/** The place of each row in depth-first order. */
function depthFirst(parents: Int32Array, refuse: Refuse): Int32Array {
  const firstChild = new Int32Array(parents.length).fill(NONE);
  const nextSibling = new Int32Array(parents.length).fill(NONE);
  let root = NONE;
  let roots = 0;
  for (let row = parents.length - 1; row >= 0; row -= 1) {
    const parent = parents[row] ?? NONE;
    if (parent === NONE) {
      root = row;
      roots += 1;
    } else {
      nextSibling[row] = firstChild[parent] ?? NONE;
      firstChild[parent] = row;
    }
  }
  if (roots !== 1) refuse(`it has ${roots} roots instead of one`);
  const order = new Int32Array(parents.length);
  let place = 0;
  for (let row = root; row !== NONE; ) {
    order[row] = place;
    place += 1;
    let next = firstChild[row] ?? NONE;
    for (let at = row; next === NONE && at !== root; at = parents[at] ?? NONE) next = nextSibling[at] ?? NONE;
    row = next;
  }
  if (place !== parents.length) refuse(`${parents.length - place} nodes form a cycle and hang from no root`);
  return order;
}

function reordered(parents: Int32Array, frames: Int32Array, order: Int32Array): NodeTable {
  const table = { parents: new Int32Array(order.length), frames: new Int32Array(order.length) };
  for (let row = 0; row < order.length; row += 1) {
    const place = order[row] ?? 0;
    const parent = parents[row] ?? NONE;
    table.parents[place] = parent === NONE ? NONE : (order[parent] ?? NONE);
    table.frames[place] = frames[row] ?? 0;
  }
  return table;
}
