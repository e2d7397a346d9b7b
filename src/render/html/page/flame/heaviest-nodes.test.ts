import { expect, test } from 'vitest';
import { heaviestNodes } from './heaviest-nodes.ts';

const TREE = { parents: Int32Array.of(-1, 0, 1, 1, 0), functions: new Int32Array(5) };

test.each([
  { count: 100, before: [9, 9, 4, 5, 0], after: undefined, expected: [0, 1, 3, 2] },
  { count: 2, before: [9, 9, 4, 5, 0], after: undefined, expected: [0, 1] },
  { count: 3, before: [9, 9, 4, 5, 0], after: [12, 2, 2, 0, 10], expected: [0, 4, 1] },
  { count: 3, before: undefined, after: undefined, expected: [] },
  { count: 1, before: [2, 2, 2, 2, 2], after: undefined, expected: [0] },
])('the $count heaviest of $before and $after', ({ count, before, after, expected }) => {
  const totals = [before, after].map((side) => (side === undefined ? side : Float64Array.from(side)));
  expect(heaviestNodes(TREE, totals, count)).toEqual(expected);
});
