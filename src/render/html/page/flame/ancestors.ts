import { depthsOf } from './call-tree.ts';

/** Questions about the callers of a node, each answered in a number of steps that grows with the logarithm of the depth. */
export interface Ancestors {
  readonly depths: Int32Array;
  /** The caller of a node, or itself, at a depth no greater than its own. */
  readonly at: (node: number, depth: number) => number;
  /** The depth of the innermost node that two nodes share. */
  readonly commonDepth: (one: number, other: number) => number;
}

/**
 * One further pointer for each node, to a caller some way up: Myers' skew-binary jump pointers (An applicative
 * random-access stack, Information Processing Letters 17, 1983).
 */
export function ancestorsOf(parents: Int32Array): Ancestors {
  const depths = depthsOf(parents);
  const jumps = new Int32Array(parents.length);
  const depth = (node: number) => depths[node] ?? 0;
  const jump = (node: number) => jumps[node] ?? 0;
  const parent = (node: number) => Math.max(0, parents[node] ?? 0);
  for (let node = 1; node < parents.length; node += 1) {
    const above = parent(node);
    const far = jump(above);
    jumps[node] = depth(above) - depth(far) === depth(far) - depth(jump(far)) ? jump(far) : above;
  }
  const at = (node: number, wanted: number): number => {
    let found = node;
    while (depth(found) > wanted) found = depth(jump(found)) < wanted ? parent(found) : jump(found);
    return found;
  };
  const commonDepth = (one: number, other: number): number => {
    // Samples beside one another mostly differ by a call or a return.
    if (one === other || parents[other] === one) return depth(one);
    if (parents[one] === other) return depth(other);
    const least = Math.min(depth(one), depth(other));
    let left = at(one, least);
    let right = at(other, least);
    while (left !== right) {
      // Nodes of one depth jump equally far.
      const together = jump(left) === jump(right);
      left = together ? parent(left) : jump(left);
      right = together ? parent(right) : jump(right);
    }
    return depth(left);
  };
  return { depths, at, commonDepth };
}
