import { expect, test } from 'vitest';
import { hodgesLehmannShift, MOST_EXACT, rankSumCounts, rankSumPValue } from './shift.ts';

// The published null distributions of U: all arrangements of 2 + 2 and 3 + 3 values, listed by hand.
test.each([
  { m: 1, n: 1, counts: [1, 1] },
  { m: 2, n: 2, counts: [1, 1, 2, 1, 1] },
  { m: 3, n: 3, counts: [1, 1, 2, 3, 3, 3, 3, 2, 1, 1] },
  { m: 2, n: 3, counts: [1, 1, 2, 2, 2, 1, 1] },
])('U of $m and $n values', ({ m, n, counts }) => expect(rankSumCounts(m, n)).toEqual(counts));

test.each([
  { before: [1], after: [3], low: 2, point: 2, high: 2, level: 0 },
  { before: [1, 2, 3], after: [11, 12, 13], low: 8, point: 10, high: 12, level: 0.9 },
  { before: [1, 2, 3, 4], after: [5, 6, 7, 8], low: 1, point: 4, high: 7, level: 1 - 2 / 70 },
  // 5 + 5: P(U ≤ 2) = 4/252, so the third difference from each end.
  {
    before: [0, 10, 20, 30, 40],
    after: [1, 11, 21, 31, 41],
    low: -29,
    point: 1,
    high: 31,
    level: 1 - 8 / 252,
  },
])('the shift from $before to $after', ({ before, after, low, point, high, level }) => {
  const shift = hodgesLehmannShift({ before, after });
  expect(shift).toMatchObject({ low, point, high });
  expect(shift.confidenceLevel).toBeCloseTo(level, 12);
});

// scipy.stats.mannwhitneyu(before, after, method='exact')
test.each([
  { before: [1, 2, 3, 4], after: [5, 6, 7, 8], p: 0.02857142857142857 },
  { before: [0, 10, 20, 30, 40], after: [1, 11, 21, 31, 41], p: 0.6904761904761905 },
  { before: [1, 5, 3], after: [2, 4, 6, 7], p: 0.4 },
  { before: [], after: [1], p: 1 },
  { before: [1, 1], after: [1, 1], p: 1 },
])('p of $before and $after', ({ before, after, p }) => {
  expect(rankSumPValue({ before, after })).toBeCloseTo(p, 12);
});

const sample = (length: number, offset: number) =>
  Array.from({ length }, (_, index) => ((index * 37) % 101) + offset);

// scipy.stats.mannwhitneyu(before, after, method='asymptotic'), which corrects for continuity; no ties.
test('beyond the exact counts', () => {
  const before = sample(60, 0);
  const after = sample(60, 12.5);
  expect(rankSumPValue({ before, after })).toBeCloseTo(0.03160923284346966, 10);
});

test('from the exact counts to the normal law there is no step', () => {
  const levelOf = (length: number) => {
    const { low, high, confidenceLevel } = hodgesLehmannShift({
      before: sample(length, 0),
      after: sample(length, 5.5),
    });
    return { width: high - low, confidenceLevel };
  };
  const [exact, normal] = [levelOf(MOST_EXACT), levelOf(MOST_EXACT + 1)];
  for (const { confidenceLevel } of [exact, normal]) {
    expect(confidenceLevel).toBeGreaterThanOrEqual(0.95);
    expect(confidenceLevel).toBeLessThan(0.951);
  }
  expect(Math.abs(normal.width / exact.width - 1)).toBeLessThan(0.05);
});
