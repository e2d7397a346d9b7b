import { expect, test } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import { bootstrapMedian } from './bootstrap.ts';
import { medianEstimate } from './median.ts';

test('it agrees with the order statistics where there are many values', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 400 }, () => normalFrom(random));
  const bootstrap = bootstrapMedian(values, { random, level: 0.95 });
  const exact = medianEstimate(values, 0.95);
  expect(bootstrap.point).toBe(exact.point);
  expect(Math.abs(bootstrap.low - exact.low)).toBeLessThan(0.03);
  expect(Math.abs(bootstrap.high - exact.high)).toBeLessThan(0.03);
});

test('it covers the median about as often as it says', () => {
  const random = seededRandom(2);
  let covered = 0;
  for (let run = 0; run < 200; run += 1) {
    const { low, high } = bootstrapMedian(
      Array.from({ length: 25 }, () => normalFrom(random)),
      { random, level: 0.95 },
    );
    if (low <= 0 && high >= 0) covered += 1;
  }
  expect(covered / 200).toBeGreaterThan(0.89);
});

test('one value shows no spread, none is refused', () => {
  const random = seededRandom(3);
  expect(bootstrapMedian([4], { random, level: 0.95 })).toMatchObject({
    point: 4,
    low: 4,
    high: 4,
    confidenceLevel: 0,
  });
  expect(() => bootstrapMedian([], { random, level: 0.95 })).toThrow(RangeError);
});
