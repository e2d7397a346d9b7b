/** Samples of 20,000: the same law as below, in time that does not grow by the square, and never a silent zero. */
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { bootstrapMedian } from './bootstrap.ts';
import { medianEstimate } from './median.ts';
import { hodgesLehmannShift, rankSumPValue } from './shift.ts';
import { hodgesLehmannPaired, signedRankCut, signedRankPValue } from './signed-rank.ts';
import { thinned } from './thinned.ts';

const random = seededRandom(11);
/** Skewed, about `centre`: the sum of two is not normal. */
const skewed = (count: number, centre = 0) =>
  Array.from({ length: count }, () => centre + random() ** 2 - random() ** 2);

test('on either side of the exact law’s end, the interval is the same but for a step', () => {
  for (const level of [0.9, 0.95, 0.999]) {
    const [exact, normal] = [signedRankCut(1000, level), signedRankCut(1001, level)];
    // One more pair moves the cut by about a quarter of their number, as the step before it did.
    expect(normal.cut - exact.cut - (exact.cut - signedRankCut(999, level).cut)).toBeLessThan(20);
    expect(normal.confidenceLevel).toBeGreaterThanOrEqual(level);
    expect(normal.confidenceLevel - level).toBeLessThan(0.001);
    const values = skewed(1001);
    const [below, above] = [medianEstimate(values.slice(1), level), medianEstimate(values, level)];
    expect(above.low).toBeCloseTo(below.low, 1);
    expect(above.high).toBeCloseTo(below.high, 1);
    expect(above.confidenceLevel).toBeGreaterThanOrEqual(level);
    expect(above.confidenceLevel).toBeLessThan(1);
  }
});

describe('20,000 values', () => {
  const pairs = skewed(20_000, 0.25);
  const [before, after] = [skewed(20_000), skewed(20_000, 0.25)];

  test.each([
    { what: 'paired', estimate: hodgesLehmannPaired(pairs) },
    { what: 'not paired', estimate: hodgesLehmannShift({ before, after }) },
    { what: 'their median', estimate: medianEstimate(pairs) },
    { what: 'their bootstrapped median', estimate: bootstrapMedian(pairs, { random, level: 0.95 }) },
  ])('$what', ({ estimate }) => {
    const { point, low, high, confidenceLevel } = estimate;
    expect(point).toBeCloseTo(0.25, 1);
    expect(low).toBeLessThan(point);
    expect(high).toBeGreaterThan(point);
    expect(high - low).toBeLessThan(0.05);
    expect(confidenceLevel).toBeCloseTo(0.95, 2);
  });

  test('p-values', () => {
    expect(signedRankPValue(pairs)).toBeLessThan(1e-9);
    expect(rankSumPValue({ before, after })).toBeLessThan(1e-9);
    expect(signedRankPValue(skewed(20_000))).toBeGreaterThan(0.001);
    expect(rankSumPValue({ before, after: skewed(20_000) })).toBeGreaterThan(0.001);
  });
});

test('the bootstrap by places is that of whole resamples', () => {
  const values = skewed(1001);
  const few = bootstrapMedian(values.slice(1), { random, level: 0.95 });
  const many = bootstrapMedian(values, { random, level: 0.95 });
  expect(many.high - many.low).toBeGreaterThan(0.8 * (few.high - few.low));
  expect(many.high - many.low).toBeLessThan(1.25 * (few.high - few.low));
});

test('thinned values are medians of neighbours, in order', () => {
  expect(thinned([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(thinned([1, 2, 9, 3, 4, 8], 2)).toEqual([2, 4]);
  expect(thinned([], 5)).toEqual([]);
});
