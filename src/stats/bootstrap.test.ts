import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { bootstrapMedian } from './bootstrap.ts';
import { median, medianEstimate } from './median.ts';

/** As the definition has it: medians of whole resamples. */
function resampled(values: readonly number[], level: number, random: Random) {
  const RESAMPLES = 20_000;
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).toSorted((a, b) => a - b);
  const outside = Math.floor(((1 - level) / 2) * RESAMPLES);
  return { low: medians[outside], high: medians[RESAMPLES - 1 - outside] };
}

describe('the limit of endless resampling', () => {
  test.each([5, 9, 21, 51])('%i values: the same places as 20,000 resamples have', (count) => {
    const random = seededRandom(count);
    // Whole numbers, so that a place is a value. At these levels no step of the law lies near the quantile.
    const values = Array.from({ length: count }, (_, index) => index);
    const { low, high } = bootstrapMedian(values, 0.95);
    expect({ low, high }).toEqual(resampled(values, 0.95, random));
  });

  test.each([6, 10, 20, 60])('%i values: the two middle ones are averaged', (count) => {
    const random = seededRandom(count);
    const values = Array.from({ length: count }, () => normalFrom(random));
    const { low, high } = bootstrapMedian(values, 0.95);
    const slow = resampled(values, 0.95, random);
    const width = (slow.high ?? 0) - (slow.low ?? 0);
    expect(Math.abs(low - (slow.low ?? 0))).toBeLessThan(0.15 * width);
    expect(Math.abs(high - (slow.high ?? 0))).toBeLessThan(0.15 * width);
  });
});

test('it agrees with the order statistics where there are many values', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 400 }, () => normalFrom(random));
  const bootstrap = bootstrapMedian(values, 0.95);
  const exact = medianEstimate(values, 0.95);
  expect(bootstrap.point).toBe(exact.point);
  expect(Math.abs(bootstrap.low - exact.low)).toBeLessThan(0.03);
  expect(Math.abs(bootstrap.high - exact.high)).toBeLessThan(0.03);
});

test('it covers the median about as often as it says', () => {
  const random = seededRandom(2);
  let covered = 0;
  for (let run = 0; run < 2000; run += 1) {
    const values = Array.from({ length: 25 }, () => normalFrom(random));
    const { low, high } = bootstrapMedian(values, 0.95);
    if (low <= 0 && high >= 0) covered += 1;
  }
  expect(covered / 2000).toBeGreaterThan(0.92);
  expect(covered / 2000).toBeLessThan(0.98);
});

test('one value shows no spread, none is refused', () => {
  expect(bootstrapMedian([4], 0.95)).toEqual({ point: 4, low: 4, high: 4, confidenceLevel: 0 });
  expect(() => bootstrapMedian([], 0.95)).toThrow(RangeError);
});
