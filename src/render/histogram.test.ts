import { expect, test } from 'vitest';
import { histogram } from './histogram.ts';

test.each([
  { values: [0, 1, 2, 3], low: 0, high: 4, picture: '████' },
  { values: [0, 0, 0, 0, 0, 0, 0, 0, 3.9], low: 0, high: 4, picture: '█  ▁' },
  { values: [1, 1, 2], low: 0, high: 4, picture: ' █▄ ' },
  { values: [4, -1], low: 0, high: 4, picture: '█  █' },
  { values: [7], low: 7, high: 7, picture: '█   ' },
  { values: [], low: 0, high: 1, picture: '    ' },
])('$values', ({ values, low, high, picture }) =>
  expect(histogram(values, { low, high, width: 4 })).toBe(picture),
);
