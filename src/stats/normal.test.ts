import { expect, test } from 'vitest';
import { normalSurvival, normalUpperQuantile } from './normal.ts';

// scipy.stats.norm.sf
test.each([
  { z: 0, p: 0.5 },
  { z: 1, p: 0.15865525393145707 },
  { z: 1.96, p: 0.024997895148220435 },
  { z: -1.96, p: 0.9750021048517795 },
  { z: 3, p: 0.0013498980316300933 },
  { z: 3.5, p: 0.00023262907903552502 },
  { z: 5, p: 2.866515718791933e-7 },
  { z: 8, p: 6.22096057427174e-16 },
  { z: 20, p: 2.7536241186061556e-89 },
  { z: 37, p: 5.7255712225239266e-300 },
])('P(Z > $z)', ({ z, p }) => expect(Math.abs(normalSurvival(z) / p - 1)).toBeLessThan(1e-12));

// scipy.stats.norm.isf
test.each([
  { p: 0.5, z: 0 },
  { p: 0.025, z: 1.959963984540054 },
  { p: 0.975, z: -1.959963984540054 },
  { p: 0.001, z: 3.090232306167813 },
  { p: 1e-10, z: 6.361340902404056 },
])('the quantile of $p', ({ p, z }) => expect(normalUpperQuantile(p)).toBeCloseTo(z, 12));

test.each([0, 1, -1, Number.NaN])('%d has no quantile', (p) =>
  expect(() => normalUpperQuantile(p)).toThrow(RangeError),
);
