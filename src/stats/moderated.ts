import { digamma, trigamma, trigammaInverse } from './gamma.ts';
import { meanOf, squaresOf } from './mean.ts';

/** Variances of one thing each, every one from few values. */
export interface FewValueVariances {
  readonly variances: readonly number[];
  /** Degrees of freedom of each, above 0. */
  readonly degrees: readonly number[];
}

/** What the variances have in common: they scatter as if each were drawn around `variance`. */
export interface CommonVariance {
  readonly variance: number;
  /** How many degrees of freedom that knowledge is worth; Infinity where the variances differ no more than by chance. */
  readonly degrees: number;
}

/**
 * The scaled inverse χ² distribution that variances of many things are drawn from, by the moments of their logarithms
 * (Smyth 2004, Statistical Applications in Genetics and Molecular Biology 3, article 3, section 6.2; limma's fitFDist).
 *
 * @throws RangeError if there is none
 */
export function commonVariance({ variances, degrees }: FewValueVariances): CommonVariance {
  if (variances.length === 0) throw new RangeError('no common variance of nothing');
  // As limma does: a variance of 0 has no logarithm.
  const floor = 1e-5 * (middleOf(variances) || 1);
  const centred = variances.map((variance, index) => {
    const half = (degrees[index] ?? Number.NaN) / 2;
    return Math.log(Math.max(variance, floor)) - digamma(half) + Math.log(half);
  });
  const mean = meanOf(centred);
  const expected = meanOf(degrees.map((each) => trigamma(each / 2)));
  const observed = squaresOf(centred) / Math.max(1, centred.length - 1);
  const excess = observed - expected;
  if (!(excess > 0)) return { variance: Math.exp(mean), degrees: Number.POSITIVE_INFINITY };
  const prior = 2 * trigammaInverse(excess);
  return { variance: Math.exp(mean + digamma(prior / 2) - Math.log(prior / 2)), degrees: prior };
}

/** A variance of its own few values, drawn towards the common one; both weighted by their degrees of freedom. */
export function moderatedVariance(
  own: { readonly variance: number; readonly degrees: number },
  common: CommonVariance,
): number {
  if (common.degrees === Number.POSITIVE_INFINITY) return common.variance;
  const sum = own.degrees * own.variance + common.degrees * common.variance;
  return sum / (own.degrees + common.degrees);
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
