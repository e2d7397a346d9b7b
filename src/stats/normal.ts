/** The standard normal distribution. */

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / SQRT_TWO_PI;
}

/**
 * P(Z > z), with a relative error below 10^−12 also in the far tail: the rational approximations of W. J. Cody (1969,
 * Mathematics of Computation 23, 631–637), in three ranges, with the coefficients of his ANORM (1993, ACM TOMS 19, 22–32).
 *
 * @throws RangeError for NaN
 */
export function normalSurvival(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('no survival at NaN');
  if (z < 0) return 1 - normalSurvival(-z);
  if (z < MIDDLE) return 0.5 - z * ratioAt(z * z, CENTRE);
  if (z > FARTHEST) return 0;
  if (z < TAIL) return exactExponential(z) * ratioAt(z, SHOULDER);
  const inverse = 1 / (z * z);
  return (exactExponential(z) * (1 / SQRT_TWO_PI - inverse * ratioAt(inverse, FAR))) / z;
}

/** The ends of the ranges. Beyond the last, the probability is less than any double. */
const MIDDLE = 0.66291;
const TAIL = Math.sqrt(32);
const FARTHEST = 38.6;

/** Coefficients of a numerator and a denominator, highest power first. */
interface Ratio {
  readonly above: readonly number[];
  readonly below: readonly number[];
}

const CENTRE: Ratio = {
  above: [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356],
  below: [1, 47.20258190468824, 976.0985517377767, 10260.932208618979, 45507.789335026726],
};
const SHOULDER: Ratio = {
  above: [
    1.0765576773720192e-8, 0.39894151208813466, 8.883149794388375, 93.50665613217785, 597.2702763948002,
    2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
  ],
  below: [
    1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
    34900.95272114598, 38912.00328609327, 19685.42967685999,
  ],
};
const FAR: Ratio = {
  above: [
    0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
    2.9112874951168793e-5,
  ],
  below: [
    1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
    7.297515550839662e-5,
  ],
};

function ratioAt(x: number, { above, below }: Ratio): number {
  return polynomialAt(x, above) / polynomialAt(x, below);
}

function polynomialAt(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < coefficients.length; at += 1) sum = sum * x + (coefficients[at] ?? 0);
  return sum;
}

/** exp(−z²/2) in two factors, since the rounding of z² would cost digits where z is large. */
function exactExponential(z: number): number {
  const near = Math.trunc(z * 16) / 16;
  return Math.exp((-near * near) / 2) * Math.exp((-(z - near) * (z + near)) / 2);
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
