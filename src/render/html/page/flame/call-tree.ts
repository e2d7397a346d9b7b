/** A tree of calls in columns. Node 0 is the root, parents come before their children. */
export interface CallTree {
  /** Of each node its caller, −1 for the root. */
  readonly parents: Int32Array;
  /** Of each node its function. */
  readonly functions: Int32Array;
}

export interface MergedTree extends CallTree {
  /** Of each tree that was merged, what became of its nodes. */
  readonly nodesOf: readonly Int32Array[];
}

/** One tree of several: nodes are one where their functions and all their callers are. Roots are one whatever their function. */
export function mergeTrees(trees: readonly CallTree[]): MergedTree {
  const most = trees.reduce((sum, { parents }) => sum + parents.length, 1);
  const parents = new Int32Array(most);
  const functions = new Int32Array(most);
  parents[0] = -1;
  functions[0] = trees[0]?.functions[0] ?? -1;
  let count = 1;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
  const find = (parent: number, called: number): number => {
    let slot = hash(parent, called) & (slots.length - 1);
    for (;;) {
      // 0 is an empty slot: the root is never looked for.
      const node = slots[slot] ?? 0;
      if (node === 0) break;
      if (parents[node] === parent && functions[node] === called) return node;
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = count;
    parents[count] = parent;
    functions[count] = called;
    count += 1;
    return count - 1;
  };
  const nodesOf = trees.map((tree) => {
    const nodes = new Int32Array(tree.parents.length);
    for (let node = 0; node < nodes.length; node += 1) {
      const parent = tree.parents[node] ?? -1;
      nodes[node] = parent < 0 ? 0 : find(nodes[parent] ?? 0, tree.functions[node] ?? -1);
    }
    return nodes;
  });
  return { parents: parents.slice(0, count), functions: functions.slice(0, count), nodesOf };
}

function hash(parent: number, called: number): number {
  const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(called + 1, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 1;
}

/** Adds what the nodes of the merged trees weigh; the weights are in the order of the trees, null for one that weighs nothing. */
export function sumWeights(
  { parents, nodesOf }: MergedTree,
  weights: readonly (Float64Array | null)[],
): Float64Array {
  const sums = new Float64Array(parents.length);
  for (const [tree, nodes] of nodesOf.entries()) {
    const weight = weights[tree];
    if (weight === undefined || weight === null) continue;
    for (let node = 0; node < nodes.length; node += 1) {
      const merged = nodes[node] ?? 0;
      sums[merged] = (sums[merged] ?? 0) + (weight[node] ?? 0);
    }
  }
  return sums;
}

/** What each node weighs with all that it called. */
export function totalsOf({ parents }: CallTree, selfs: Float64Array): Float64Array {
  const totals = selfs.slice();
  for (let node = totals.length - 1; node > 0; node -= 1) {
    const parent = parents[node] ?? 0;
    totals[parent] = (totals[parent] ?? 0) + (totals[node] ?? 0);
  }
  return totals;
}

/** How many callers each node has. */
export function depthsOf(parents: Int32Array): Int32Array {
  const depths = new Int32Array(parents.length);
  for (let node = 1; node < depths.length; node += 1) {
    const parent = parents[node] ?? -1;
    depths[node] = parent < 0 ? 0 : (depths[parent] ?? 0) + 1;
  }
  return depths;
}
