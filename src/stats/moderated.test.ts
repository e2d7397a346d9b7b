import { expect, test } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import { commonVariance, moderatedVariance } from './moderated.ts';

test('variances that differ by chance alone are one', () => {
  const random = seededRandom(4);
  const drawn = (degrees: number) =>
    Array.from({ length: degrees }, () => normalFrom(random) ** 2).reduce((sum, square) => sum + square, 0) /
    degrees;
  const degrees = Array.from({ length: 400 }, () => 6);
  const { variance, degrees: prior } = commonVariance({ variances: degrees.map(drawn), degrees });
  expect(variance).toBeCloseTo(1, 1);
  expect(prior).toBeGreaterThan(40);
});

test('the prior that they were drawn from is found again', () => {
  // Each true variance is 4 · 10 / χ²(10).
  const random = seededRandom(5);
  const chiSquare = (degrees: number) =>
    Array.from({ length: degrees }, () => normalFrom(random) ** 2).reduce((sum, square) => sum + square, 0);
  const degrees = Array.from({ length: 4000 }, () => 6);
  const variances = degrees.map((each) => (((4 * 10) / chiSquare(10)) * chiSquare(each)) / each);
  const common = commonVariance({ variances, degrees });
  expect(common.variance).toBeGreaterThan(3.7);
  expect(common.variance).toBeLessThan(4.3);
  expect(common.degrees).toBeGreaterThan(8);
  expect(common.degrees).toBeLessThan(13);
});

test('a moderated variance lies between its own and the common one', () => {
  expect(moderatedVariance({ variance: 1, degrees: 6 }, { variance: 4, degrees: 6 })).toBe(2.5);
  expect(moderatedVariance({ variance: 1, degrees: 6 }, { variance: 4, degrees: Infinity })).toBe(4);
});
