import { describe, expect, test } from 'vitest';
import { median, medianEstimate } from './median.ts';

test.each([
  { values: [3], middle: 3 },
  { values: [10, 9], middle: 9.5 },
  { values: [100, 9, 10], middle: 10 },
])('the median of $values is $middle', ({ values, middle }) => expect(median(values)).toBe(middle));

test('an empty sample has none', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => medianEstimate([])).toThrow(RangeError);
});

// Levels worked out by hand from the binomial distribution: n = 3: 1 − 2/8; n = 6: 1 − 2/64; n = 10, k = 1: 1 − 2·11/1024.
describe('the interval of the median', () => {
  test.each([
    { count: 1, low: 1, high: 1, level: 0 },
    { count: 3, low: 1, high: 3, level: 0.75 },
    { count: 5, low: 1, high: 5, level: 0.9375 },
    { count: 6, low: 1, high: 6, level: 0.96875 },
    { count: 9, low: 2, high: 8, level: 0.9609375 },
    { count: 10, low: 2, high: 9, level: 0.978515625 },
  ])('of 1 to $count is $low to $high at $level', ({ count, low, high, level }) => {
    const values = Array.from({ length: count }, (_, index) => count - index);
    expect(medianEstimate(values)).toMatchObject({ low, high, confidenceLevel: level });
  });
});
