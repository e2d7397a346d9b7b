import { logGamma } from './gamma.ts';
import { normalSurvival, normalUpperQuantile } from './normal.ts';

/** Above it the difference from the normal law is below 1e-7. */
const NEARLY_NORMAL = 1e7;

/**
 * P(T > t) of Student's distribution: half of the incomplete beta function I(ν/2, 1/2) at ν/(ν + t²)
 * (Abramowitz & Stegun 26.7.1).
 *
 * @param degrees of freedom above 0, not necessarily whole; Infinity is the normal law
 */
export function studentSurvival(t: number, degrees: number): number {
  if (Number.isNaN(t) || !(degrees > 0)) throw new RangeError(`no survival at t = ${t}, ν = ${degrees}`);
  if (t < 0) return 1 - studentSurvival(-t, degrees);
  if (degrees > NEARLY_NORMAL) return normalSurvival(t);
  if (t === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
}

/**
 * The t with P(T > t) = p, by bisection.
 *
 * @param p in (0, 0.5]
 */
export function studentUpperQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p <= 0.5)) throw new RangeError(`no quantile of the probability ${p}`);
  if (degrees > NEARLY_NORMAL) return normalUpperQuantile(p);
  let [low, high] = [0, 1];
  while (studentSurvival(high, degrees) > p) high *= 2;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (studentSurvival(middle, degrees) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularized incomplete beta function I(a, b) at x, from the side on which its fraction converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  const front = Math.exp(logFront);
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The continued fraction of Abramowitz & Stegun 26.5.8 by Lentz's method (Thompson & Barnett 1986). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = away(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = away(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

function away(value: number): number {
  return 1 / awayFromZero(value);
}
