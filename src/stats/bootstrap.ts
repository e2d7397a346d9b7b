import type { Estimate } from './estimate.ts';
import { medianOfSorted } from './median.ts';

/**
 * Median with its bootstrap percentile interval: a cross-check that shares nothing with the rank tests. With few values
 * it is too narrow, which is why it is no more.
 *
 * Nothing is drawn. Of a resample of n, the k-th value is at most the i-th of the sample if at least k of n draws are
 * among its first i, with P(binomial(n, i/n) ≥ k): the limit of endless resampling (Maritz & Jarrett 1978, JASA 73,
 * 194–196; Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans, 10.2). Of the two middle values of an
 * even sample, the quantiles are averaged.
 *
 * @param values any unit
 * @param level in (0, 1)
 * @returns same unit; `confidenceLevel` is the one asked for; 0 for one value
 * @throws RangeError if the sample is empty
 */
export function bootstrapMedian(values: readonly number[], level: number): Estimate {
  const ascending = Float64Array.from(values).sort();
  const point = medianOfSorted(ascending);
  const count = ascending.length;
  if (count === 1) return { point, low: point, high: point, confidenceLevel: 0 };
  const lower = quantilePlace(count, Math.floor((count + 1) / 2), (1 - level) / 2);
  const upper = quantilePlace(count, Math.floor(count / 2) + 1, (1 - level) / 2);
  // The sample read backwards has the same law, its two middle values having changed places.
  const meanAt = (one: number, other: number) =>
    ((ascending[one] ?? point) + (ascending[other] ?? point)) / 2;
  return {
    point,
    low: meanAt(lower, upper),
    high: meanAt(count - 1 - lower, count - 1 - upper),
    confidenceLevel: level,
  };
}

/** The first place, from 0, that the `rank`-th value of a resample reaches with probability `p` at most 1/2. */
function quantilePlace(count: number, rank: number, p: number): number {
  const logWays = logCombinations(count, rank);
  let [below, reached] = [-1, rank - 1];
  while (reached - below > 1) {
    const middle = Math.floor((below + reached) / 2);
    if (atLeast({ count, rank, logWays, share: (middle + 1) / count }) >= p) reached = middle;
    else below = middle;
  }
  return reached;
}

interface Draws {
  readonly count: number;
  readonly rank: number;
  /** ln of the number of ways to choose `rank` of `count`. */
  readonly logWays: number;
  /** The probability of each draw. */
  readonly share: number;
}

/** P(binomial(count, share) ≥ rank): the terms shrink from the first on, since share ≤ rank/count. */
function atLeast({ count, rank, logWays, share }: Draws): number {
  if (share >= 1) return 1;
  let term = Math.exp(logWays + rank * Math.log(share) + (count - rank) * Math.log1p(-share));
  let sum = term;
  for (let hits = rank; hits < count && term > sum * 1e-16; hits += 1) {
    term *= ((count - hits) * share) / ((hits + 1) * (1 - share));
    sum += term;
  }
  return Math.min(1, sum);
}

function logCombinations(count: number, chosen: number): number {
  let sum = 0;
  for (let step = 1; step <= chosen; step += 1) sum += Math.log((count - chosen + step) / step);
  return sum;
}
