import type { Estimate } from './estimate.ts';
import { normalSurvival, normalUpperQuantile } from './normal.ts';

/** So likely a new measurement of that size must be to decide. */
const TARGET = 0.85;
/** More pairs are never measured. */
const MOST_PAIRS = 2000;
/** With fewer, hardly any look can make a claim. */
const FEWEST_PAIRS = 8;
/** From one number of pairs that is tried to the next. */
const GROWTH = 1.04;

/** An interval so far, and what it must be clear of. */
export interface Unsettled {
  readonly pairs: number;
  readonly toleranceRatio: number;
}

/**
 * How many pairs more than so far a new measurement needs in all to be likely to decide: to have its interval beyond the
 * tolerance, or within.
 *
 * A predictive power (Spiegelhalter, Freedman & Blackburn 1986, Controlled Clinical Trials 7, 8–17): the true value may
 * lie anywhere about the estimate, as far as its standard error says, and the new estimate about the true value. The noise
 * is itself known from the pairs so far alone: its plausible values are averaged over.
 *
 * @param logRatio ln(new/old) so far, with the level that is wanted at the end
 * @returns null where not even the most pairs that are ever measured would do
 */
export function pairsToSettle(logRatio: Estimate, { pairs, toleranceRatio }: Unsettled): number | null {
  // A tolerance of 100 % or more has no lower edge: nothing takes less time than none.
  const edges = { low: Math.log1p(-Math.min(1, toleranceRatio)), high: Math.log1p(toleranceRatio) };
  const halfWidth = (logRatio.high - logRatio.low) / 2;
  // One pair, or equal pairs, show no noise: then the fewest pairs that can give a verdict are enough.
  if (halfWidth === 0) {
    const isOnEdge = pairs > 1 && (logRatio.point === edges.low || logRatio.point === edges.high);
    return isOnEdge ? null : Math.max(1, FEWEST_PAIRS - pairs);
  }
  const z = normalUpperQuantile((1 - logRatio.confidenceLevel) / 2);
  const scales = noiseScales(pairs);
  for (
    let total = Math.max(pairs + 1, FEWEST_PAIRS);
    total <= MOST_PAIRS;
    total = Math.ceil(total * GROWTH)
  ) {
    const chances = scales.map((scale) => {
      const error = (scale * halfWidth) / z;
      return settled({ point: logRatio.point, edges, z, error, errorThen: error * Math.sqrt(pairs / total) });
    });
    if (chances.reduce((sum, chance) => sum + chance, 0) / chances.length >= TARGET) return total - pairs;
  }
  return null;
}

interface Prospect {
  readonly point: number;
  readonly edges: { readonly low: number; readonly high: number };
  /** Standard errors from the estimate to an end of its interval. */
  readonly z: number;
  /** Standard error so far. */
  readonly error: number;
  /** Of the measurement to come. */
  readonly errorThen: number;
}

/** The probability that the interval to come is beyond the tolerance on either side, or within. */
function settled({ point, edges, z, error, errorThen }: Prospect): number {
  const reach = z * errorThen;
  const spread = Math.hypot(error, errorThen);
  const above = (limit: number): number => normalSurvival((limit - point) / spread);
  const within = Math.max(0, above(edges.low + reach) - above(edges.high - reach));
  return above(edges.high + reach) + (1 - above(edges.low - reach)) + within;
}

/** Equally likely values of the true noise as a multiple of the one that was seen. */
const NOISE_VALUES = 9;

/** From the distribution of χ² by Wilson and Hilferty's cube root (1931), with one degree of freedom less than pairs. */
function noiseScales(pairs: number): number[] {
  const variance = 2 / (9 * (pairs - 1));
  return Array.from({ length: NOISE_VALUES }, (_, index) => {
    const z = normalUpperQuantile((index + 0.5) / NOISE_VALUES);
    return Math.max(0.1, 1 - variance + z * Math.sqrt(variance)) ** -1.5;
  });
}
