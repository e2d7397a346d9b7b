import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ancestorsOf } from './ancestors.ts';

/** Parents of random trees; any earlier node may be the caller. */
const parents = fc
  .array(fc.nat(), { minLength: 0, maxLength: 120 })
  .map((picks) => Int32Array.from([-1, ...picks.map((pick, index) => pick % (index + 1))]));

function pathOf(tree: Int32Array, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = tree[at] ?? -1) path.unshift(at);
  return path;
}

test('callers at a depth, and the depth two nodes share, are those of their whole paths', () => {
  fc.assert(
    fc.property(parents, fc.nat(), fc.nat(), (tree, one, other) => {
      const { at, commonDepth, depths } = ancestorsOf(tree);
      const [a, b] = [one % tree.length, other % tree.length];
      const [left, right] = [pathOf(tree, a), pathOf(tree, b)];
      expect(depths[a]).toBe(left.length - 1);
      expect(left.map((_, depth) => at(a, depth))).toEqual(left);
      expect(commonDepth(a, b)).toBe(left.findLastIndex((node, depth) => node === right[depth]));
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('a stack of a hundred thousand', () => {
  const tree = Int32Array.from({ length: 100_000 }, (_, node) => node - 1);
  const { at, commonDepth } = ancestorsOf(tree);
  expect(at(99_999, 12_345)).toBe(12_345);
  expect(commonDepth(99_999, 50_000)).toBe(50_000);
});
