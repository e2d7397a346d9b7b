import fc from 'fast-check';
import { expect, test } from 'vitest';
import { totalsOf } from './call-tree.ts';
import { changeStrengths, widths } from './difference.ts';

/** root calls main, which calls parse and sort. */
const TREE = { parents: Int32Array.of(-1, 0, 1, 1), functions: Int32Array.of(0, 1, 2, 3) };
const SELFS = { before: Float64Array.of(0, 1, 4, 0), after: Float64Array.of(0, 2, 0, 3) };

test.each([
  { basis: 'before', expected: [5, 5, 4, 0] },
  { basis: 'after', expected: [5, 5, 0, 3] },
  { basis: 'larger', expected: [9, 9, 4, 3] },
] as const)('boxes as wide as $basis', ({ basis, expected }) => {
  expect([...widths(TREE, SELFS, basis)]).toEqual(expected);
});

test('the largest change is of strength 1, others in proportion, fewer below 0', () => {
  expect([...changeStrengths(totalsOf(TREE, SELFS.before), totalsOf(TREE, SELFS.after))]).toEqual([
    0, 0, -1, 0.75,
  ]);
  expect([...changeStrengths(Float64Array.of(2), Float64Array.of(2))]).toEqual([0]);
});

test('the changes of own times sum to the change of the whole, and no picture is narrower than its parts', () => {
  const node = fc.record({ parent: fc.nat(), before: fc.nat(100), after: fc.nat(100) });
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 60 }), (nodes) => {
      const parents = Int32Array.from(nodes, ({ parent }, index) => (index === 0 ? -1 : parent % index));
      const tree = { parents, functions: parents };
      const before = Float64Array.from(nodes, (each) => each.before);
      const after = Float64Array.from(nodes, (each) => each.after);
      const [old, now] = [totalsOf(tree, before), totalsOf(tree, after)];
      const changes = nodes.reduce((sum, each) => sum + each.after - each.before, 0);
      expect((now[0] ?? 0) - (old[0] ?? 0)).toBe(changes);
      const larger = widths(tree, { before, after }, 'larger');
      for (const [index, width] of larger.entries()) {
        expect(width).toBeGreaterThanOrEqual(Math.max(old[index] ?? 0, now[index] ?? 0));
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});
