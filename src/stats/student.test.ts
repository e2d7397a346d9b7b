import { expect, test } from 'vitest';
import { digamma, logGamma, trigamma, trigammaInverse } from './gamma.ts';
import { studentSurvival, studentUpperQuantile } from './student.ts';

// Closed forms: ν = 1 is Cauchy's law, ν = 2 is 1/2 − t / (2 √(2 + t²)).
test.each([0, 0.3, 1, 2.5, 12, 400])('the survival at %d has the closed forms of 1 and 2 degrees', (t) => {
  expect(studentSurvival(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 13);
  expect(studentSurvival(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 13);
});

// Printed tables of Student's distribution (Abramowitz & Stegun, table 26.10).
test.each([
  { p: 0.025, degrees: 1, t: 12.706 },
  { p: 0.025, degrees: 3, t: 3.182 },
  { p: 0.025, degrees: 6, t: 2.447 },
  { p: 0.005, degrees: 10, t: 3.169 },
  { p: 0.025, degrees: 30, t: 2.042 },
  { p: 0.025, degrees: 1e9, t: 1.96 },
])('the quantile of $p at $degrees degrees is $t', ({ p, degrees, t }) => {
  expect(studentUpperQuantile(p, degrees)).toBeCloseTo(t, 3);
  expect(studentSurvival(studentUpperQuantile(p, degrees), degrees)).toBeCloseTo(p, 12);
});

test('far in the tail it keeps its digits', () => {
  // ν = 2: 1/2 − t/(2√(2+t²)) is 1/(2t²) to first order.
  expect(studentSurvival(1e6, 2) * 2e12).toBeCloseTo(1, 6);
  expect(studentSurvival(-1, 1)).toBeCloseTo(0.75, 13);
});

test('the gamma function and its derivatives at arguments of which they are known', () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
  expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 12);
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 12);
  expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 12);
  expect(trigammaInverse(Math.PI ** 2 / 6)).toBeCloseTo(1, 12);
});
