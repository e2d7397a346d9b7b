/** Samples of 20,000: the same law as below, in time that does not grow by the square, and never a silent zero. */
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { bootstrapMedian } from './bootstrap.ts';
import { medianEstimate } from './median.ts';
import { hodgesLehmannShift, rankSumPValue } from './shift.ts';
import {
  hodgesLehmannPaired,
  signedRankCumulative,
  signedRankCut,
  signedRankPValue,
  signedRankTail,
} from './signed-rank.ts';
import { thinned } from './thinned.ts';

const random = seededRandom(11);
/** Skewed, about `centre`: the sum of two is not normal. */
const skewed = (count: number, centre = 0) =>
  Array.from({ length: count }, () => centre + random() ** 2 - random() ** 2);

test.each([101, 200, 500, 1000])('the series for %i pairs has the tails of the exact law', (count) => {
  const exact = signedRankCumulative(count);
  const tail = signedRankTail(count);
  for (const p of [0.4, 0.1, 0.025, 0.005, 1e-3, 1e-4, 1e-5]) {
    const place = exact.findIndex((probability) => probability > p);
    expect(Math.abs(tail(place) / (exact[place] ?? 0) - 1)).toBeLessThan(0.002);
  }
  for (const level of [0.5, 0.9, 0.95, 0.99, 0.999]) {
    const { cut, confidenceLevel } = signedRankCut(count, level);
    // A cut is a place among count²/2: one aside is nothing.
    expect(Math.abs(exact.findIndex((probability) => 1 - 2 * probability < level) - 1 - cut)).toBeLessThan(2);
    expect(Math.abs(confidenceLevel - (1 - 2 * (exact[cut] ?? 1)))).toBeLessThan(1e-6);
  }
});

test('a p-value is never 0', () => {
  const p = signedRankPValue(Array.from({ length: 150 }, (_, index) => index + 1));
  expect(p).toBeGreaterThan(0);
  expect(p).toBeLessThan(1e-20);
});

test('on either side of the exact law’s end, the median’s interval is the same but for a step', () => {
  for (const level of [0.9, 0.95, 0.999]) {
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
    { what: 'their bootstrapped median', estimate: bootstrapMedian(pairs, 0.95) },
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

test('thinned values are medians of neighbours, in order', () => {
  expect(thinned([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(thinned([1, 2, 9, 3, 4, 8], 2)).toEqual([2, 4]);
  expect(thinned([], 5)).toEqual([]);
});
