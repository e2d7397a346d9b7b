import type { Estimate } from './estimate.ts';
import { median } from './median.ts';
import { normalSurvival, normalUpperQuantile } from './normal.ts';
import { middleSum, sumAt, walshSums } from './pairwise-order.ts';

/** Above it 2^−n is no double, and the normal law gives the same to three digits. */
const MOST_EXACT = 1000;

/**
 * The null distribution of Wilcoxon's signed-rank statistic: P(W+ ≤ w) at index w, w from 0 to n(n+1)/2.
 *
 * Each rank 1 to n is in the sum or not, each with one half (Hollander, Wolfe & Chicken, Nonparametric Statistical
 * Methods, 3.1).
 *
 * @param count pairs, 0 to `MOST_EXACT`
 */
export function signedRankCumulative(count: number): Float64Array {
  if (!Number.isInteger(count) || count < 0 || count > MOST_EXACT)
    throw new RangeError(`no signed ranks of ${count} pairs`);
  const probability = new Float64Array((count * (count + 1)) / 2 + 1);
  probability[0] = 1;
  for (let rank = 1; rank <= count; rank += 1) {
    for (let sum = (rank * (rank + 1)) / 2; sum >= 0; sum -= 1) {
      const without = probability[sum] ?? 0;
      const having = sum >= rank ? (probability[sum - rank] ?? 0) : 0;
      probability[sum] = (without + having) / 2;
    }
  }
  let total = 0;
  return probability.map((value) => {
    total += value;
    return Math.min(1, total);
  });
}

/** How many Walsh averages to leave out at each end, and the level that then is achieved. */
export interface SignedRankCut {
  readonly cut: number;
  readonly confidenceLevel: number;
}

/** P(W+ ≤ w) for many pairs, by the normal law with the correction for continuity (Hollander, Wolfe & Chicken, 3.1). */
function normalLaw(count: number): { readonly mean: number; readonly deviation: number } {
  return {
    mean: (count * (count + 1)) / 4,
    deviation: Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24),
  };
}

/**
 * The narrowest interval of `count` pairs that reaches a level. From the (cut+1)-th Walsh average to the last but
 * `cut`, it covers the centre with 1 − 2·P(W+ ≤ cut).
 *
 * @returns the widest, with what it achieves, where not even that reaches it
 */
export function signedRankCut(count: number, wantedLevel: number): SignedRankCut {
  if (count > MOST_EXACT) {
    const { mean, deviation } = normalLaw(count);
    const reach = normalUpperQuantile((1 - wantedLevel) / 2) * deviation;
    const cut = Math.max(0, Math.floor(mean - 0.5 - reach));
    return { cut, confidenceLevel: 1 - 2 * normalSurvival((mean - cut - 0.5) / deviation) };
  }
  const cumulative = signedRankCumulative(count);
  const levelAt = (cut: number): number => Math.max(0, 1 - 2 * (cumulative[cut] ?? 1));
  let cut = 0;
  while (levelAt(cut + 1) >= wantedLevel) cut += 1;
  return { cut, confidenceLevel: levelAt(cut) };
}

/** The means of all pairs of values, each with itself too, ascending. */
function walshAverages(values: readonly number[]): Float64Array {
  const averages = new Float64Array((values.length * (values.length + 1)) / 2);
  let at = 0;
  for (const [index, value] of values.entries()) {
    for (let other = 0; other <= index; other += 1) averages[at++] = (value + (values[other] ?? 0)) / 2;
  }
  return averages.sort();
}

/**
 * Hodges–Lehmann estimate of the centre of paired differences, with the interval that inverts the exact
 * signed-rank test (Hollander, Wolfe & Chicken, 3.2 and 3.3). The differences' distribution is taken to be symmetric,
 * as that of two measurements of one kind is.
 *
 * @param differences one a pair, any unit
 * @returns same unit, with the level achieved; 0 for one pair, which shows no spread
 * @throws RangeError for no difference, or one that is not finite
 */
export function hodgesLehmannPaired(differences: readonly number[], wantedLevel = 0.95): Estimate {
  if (!differences.every(Number.isFinite)) throw new RangeError('a difference is not a finite number');
  const { cut, confidenceLevel } = signedRankCut(differences.length, wantedLevel);
  if (differences.length > MOST_EXACT) {
    const sums = walshSums(differences);
    const [low, high] = [sumAt(sums, cut), sumAt(sums, sums.count - 1 - cut)];
    return { point: middleSum(sums), low, high, confidenceLevel };
  }
  const averages = walshAverages(differences);
  const point = median([...averages]);
  return {
    point,
    low: averages[cut] ?? point,
    high: averages[averages.length - 1 - cut] ?? point,
    confidenceLevel,
  };
}

/**
 * Two-sided p-value that the differences are centred at 0; exact for up to `MOST_EXACT`.
 *
 * Zeros are left out, as Wilcoxon did; tied magnitudes get their mean rank, the sum being rounded towards the middle,
 * which errs on the side of no claim.
 *
 * @returns 1 where no difference is left
 */
export function signedRankPValue(differences: readonly number[]): number {
  const left = differences.filter((difference) => difference !== 0);
  const ranks = meanRanks(left.map(Math.abs));
  const positive = left.reduce(
    (sum, difference, index) => sum + (difference > 0 ? (ranks[index] ?? 0) : 0),
    0,
  );
  const smaller = Math.min(positive, (left.length * (left.length + 1)) / 2 - positive);
  if (left.length > MOST_EXACT) {
    const { mean, deviation } = normalLaw(left.length);
    return Math.min(1, 2 * normalSurvival((mean - Math.ceil(smaller) - 0.5) / deviation));
  }
  return Math.min(1, 2 * (signedRankCumulative(left.length)[Math.ceil(smaller)] ?? 1));
}

/** The rank of each value, from 1; equal values share the mean of theirs. */
export function meanRanks(values: readonly number[]): number[] {
  const ascending = [...values.keys()].toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = values.map(() => 0);
  for (let start = 0; start < ascending.length; ) {
    let end = start + 1;
    while (end < ascending.length && values[ascending[end] ?? 0] === values[ascending[start] ?? 0]) end += 1;
    for (let at = start; at < end; at += 1) ranks[ascending[at] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
