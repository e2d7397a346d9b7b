import { expect, test } from 'vitest';
import { hodgesLehmannPaired, meanRanks, signedRankCumulative, signedRankPValue } from './signed-rank.ts';

// All sign patterns of 3 ranks, listed by hand: sums 0 1 2 3 3 4 5 6.
test('three pairs, by hand', () => {
  expect([...signedRankCumulative(3)].map((p) => p * 8)).toEqual([1, 2, 3, 5, 6, 7, 8]);
});

// The critical values of the published tables: two-sided 5 % at n = 6: 0, 8: 3, 10: 8, 20: 52, 30: 137, 50: 434.
test.each([
  { count: 6, critical: 0 },
  { count: 8, critical: 3 },
  { count: 10, critical: 8 },
  { count: 20, critical: 52 },
  { count: 30, critical: 137 },
  { count: 50, critical: 434 },
])('$critical is critical for $count pairs', ({ count, critical }) => {
  const cumulative = signedRankCumulative(count);
  expect(2 * (cumulative[critical] ?? 1)).toBeLessThanOrEqual(0.05);
  expect(2 * (cumulative[critical + 1] ?? 1)).toBeGreaterThan(0.05);
});

test.each([
  { values: [5], point: 5, low: 5, high: 5, level: 0 },
  // Walsh averages of 1 2 4: 1 1.5 2 2.5 3 4; the widest achieves 1 − 2/8.
  { values: [1, 2, 4], point: 2.25, low: 1, high: 4, level: 0.75 },
  { values: [1, 2, 3, 4, 5, 6], point: 3.5, low: 1, high: 6, level: 1 - 2 / 64 },
  // n = 8, cut 3: P(W ≤ 3) = 5/256; of 36 averages the 4th is 2, the 33rd is 7.
  { values: [1, 2, 3, 4, 5, 6, 7, 8], point: 4.5, low: 2, high: 7, level: 1 - 10 / 256 },
])('the centre of $values', ({ values, point, low, high, level }) => {
  expect(hodgesLehmannPaired(values)).toMatchObject({ point, low, high });
  expect(hodgesLehmannPaired(values).confidenceLevel).toBeCloseTo(level, 12);
});

// scipy.stats.wilcoxon(values, method='exact')
test.each([
  { values: [1.5, 2.5, -0.5, 3, 4, 1], p: 0.0625 },
  { values: [0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7], p: 0.8125 },
  { values: [1, 2, 3, 4, 5, 6, 7, 8], p: 0.0078125 },
  { values: [0, 0], p: 1 },
])('p of $values', ({ values, p }) => expect(signedRankPValue(values)).toBeCloseTo(p, 12));

test('equal values share their ranks', () => expect(meanRanks([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]));

test('what is no number is refused', () => {
  expect(() => hodgesLehmannPaired([])).toThrow(RangeError);
  expect(() => hodgesLehmannPaired([1, Number.NaN])).toThrow(RangeError);
});

test('no number of pairs makes certain', () => {
  const { confidenceLevel } = hodgesLehmannPaired(
    Array.from({ length: 200 }, (_, index) => index),
    1,
  );
  expect(confidenceLevel).toBeLessThan(1);
  expect(confidenceLevel).toBeGreaterThan(1 - 1e-12);
});
