import { expect, test } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import { logRatioOfMeans } from './ratio-of-means.ts';

// By hand: the means are 2 and 4; y/4 − x/2 of the pairs is 1/4, 0, −1/4, so that s² = 1/16 and the error √(1/48).
test('the ratio and its standard error, worked out by hand', () => {
  const ratio = logRatioOfMeans([
    { before: 1, after: 3 },
    { before: 2, after: 4 },
    { before: 3, after: 5 },
  ]);
  expect(ratio.point).toBeCloseTo(Math.log(2), 12);
  expect(ratio.standardError).toBeCloseTo(Math.sqrt(1 / 48), 12);
});

test('one pair shows no spread', () => {
  expect(logRatioOfMeans([{ before: 2, after: 1 }])).toEqual({ point: -Math.log(2), standardError: 0 });
});

test('values as large as a report may hold stay finite', () => {
  const huge = Array.from({ length: 1000 }, () => ({ before: 1e18, after: 1e18 }));
  expect(logRatioOfMeans(huge)).toEqual({ point: 0, standardError: 0 });
});

test('the standard error is the spread of the ratio over repeated samples, correlated within pairs', () => {
  const random = seededRandom(3);
  const runs = 2000;
  const ratios = Array.from({ length: runs }, () =>
    logRatioOfMeans(
      Array.from({ length: 40 }, () => {
        const shared = 1 + 0.1 * normalFrom(random);
        return { before: shared + 0.05 * normalFrom(random), after: 2 * shared + 0.2 * normalFrom(random) };
      }),
    ),
  );
  const mean = ratios.reduce((sum, { point }) => sum + point / runs, 0);
  const spread = Math.sqrt(ratios.reduce((sum, { point }) => sum + (point - mean) ** 2, 0) / (runs - 1));
  const error = ratios.reduce((sum, { standardError }) => sum + standardError / runs, 0);
  // The spread of so many runs is known to 1/√(2 · 2000) = 1.6 %.
  expect(error / spread).toBeGreaterThan(0.94);
  expect(error / spread).toBeLessThan(1.06);
});
