/** The standard normal distribution. */

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Where the series of the middle gives way to the fraction of the tail. */
const TAIL = 3;

export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / SQRT_TWO_PI;
}

/**
 * P(Z > z), to 12 digits and more in the far tail too: the series 26.2.11 of Abramowitz & Stegun in the middle, the
 * continued fraction 26.2.14 beyond.
 */
export function normalSurvival(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('no survival at NaN');
  if (z < 0) return 1 - normalSurvival(-z);
  if (z < TAIL) return 0.5 - normalDensity(z) * seriesAt(z);
  let fraction = z;
  // Downwards from a depth that is ample; the nearer the middle, the slower it converges.
  for (let depth = Math.ceil(12 + 700 / (z * z)); depth > 0; depth -= 1) fraction = z + depth / fraction;
  return normalDensity(z) / fraction;
}

function seriesAt(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

/**
 * The z with P(Z > z) = p, by bisection of what `normalSurvival` gives.
 *
 * @param p in (0, 1)
 * @throws RangeError outside
 */
export function normalUpperQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`no quantile of the probability ${p}`);
  let [low, high] = [-40, 40];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (normalSurvival(middle) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
