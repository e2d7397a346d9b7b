import type { Estimate } from './estimate.ts';
import { normalDensity, normalSurvival } from './normal.ts';
import { middleSum, sumAt, walshSums } from './pairwise-order.ts';

/** Above it the distribution is taken from its Edgeworth series, whose tails are then right to three digits and more. */
const MOST_EXACT = 100;
/** Above it 2^−n is no double. */
const MOST_COUNTED = 1000;

/**
 * The null distribution of Wilcoxon's signed-rank statistic: P(W+ ≤ w) at index w, w from 0 to n(n+1)/2.
 *
 * Each rank 1 to n is in the sum or not, each with one half (Hollander, Wolfe & Chicken, Nonparametric Statistical
 * Methods, 3.1).
 *
 * @param count pairs, 0 to `MOST_COUNTED`
 */
export function signedRankCumulative(count: number): Float64Array {
  if (!Number.isInteger(count) || count < 0 || count > MOST_COUNTED)
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

const exactLaws = new Map<number, Float64Array>();

function exactLaw(count: number): Float64Array {
  const known = exactLaws.get(count) ?? signedRankCumulative(count);
  exactLaws.set(count, known);
  return known;
}

/** P(W+ ≤ w) of so many pairs, w up to the mean. */
export function signedRankTail(count: number): (w: number) => number {
  if (count > MOST_EXACT) return edgeworthTail(count);
  const law = exactLaw(count);
  return (w) => law[w] ?? 1;
}

/**
 * The Edgeworth series of a symmetric sum up to the sixth cumulant (Kolassa, Series Approximation Methods in Statistics,
 * 3.2): rank i is in the sum with one half, so that the cumulants are Σi²/4, −Σi⁴/8 and Σi⁶/4. Whole numbers are made
 * continuous by a uniform number in (−1/2, 1/2), whose cumulants 1/12, −1/120 and 1/252 are added: Sheppard's corrections.
 */
function edgeworthTail(count: number): (w: number) => number {
  const n = count;
  const squares = (n * (n + 1) * (2 * n + 1)) / 6;
  const fourths = (squares * (3 * n * n + 3 * n - 1)) / 5;
  const sixths = (squares * (3 * n ** 4 + 6 * n ** 3 - 3 * n + 1)) / 7;
  const variance = squares / 4 + 1 / 12;
  const fourth = (-fourths / 8 - 1 / 120) / variance ** 2;
  const sixth = (sixths / 4 + 1 / 252) / variance ** 3;
  return (w) => {
    const x = (w + 0.5 - (n * (n + 1)) / 4) / Math.sqrt(variance);
    const hermite3 = x ** 3 - 3 * x;
    const hermite5 = x ** 5 - 10 * x ** 3 + 15 * x;
    const hermite7 = x ** 7 - 21 * x ** 5 + 105 * x ** 3 - 105 * x;
    const correction = (fourth * hermite3) / 24 + (sixth * hermite5) / 720 + (fourth ** 2 * hermite7) / 1152;
    // One arrangement at least is as extreme, where the series has no digits left.
    return Math.min(1, Math.max(0.5 ** n, normalSurvival(-x) - normalDensity(x) * correction));
  };
}

/** Certainty is never reached, though a tail may be too small for the difference to 1. */
const MOST_LEVEL = 1 - Number.EPSILON;

/**
 * The narrowest interval of `count` pairs that reaches a level. From the (cut+1)-th Walsh average to the last but
 * `cut`, it covers the centre with 1 − 2·P(W+ ≤ cut).
 *
 * @returns the widest, with what it achieves, where not even that reaches it
 */
export function signedRankCut(count: number, wantedLevel: number): SignedRankCut {
  const tail = signedRankTail(count);
  const levelAt = (cut: number): number => Math.min(MOST_LEVEL, Math.max(0, 1 - 2 * tail(cut)));
  // `cut` reaches it, or is the widest there is; `beyond` does not.
  let [cut, beyond] = [0, Math.floor((count * (count + 1)) / 4) + 1];
  while (beyond - cut > 1) {
    const middle = Math.floor((cut + beyond) / 2);
    if (levelAt(middle) >= wantedLevel) cut = middle;
    else beyond = middle;
  }
  return { cut, confidenceLevel: levelAt(cut) };
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
  const sums = walshSums(differences);
  const [low, high] = [sumAt(sums, cut), sumAt(sums, sums.count - 1 - cut)];
  return { point: middleSum(sums), low, high, confidenceLevel };
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
  return Math.min(1, 2 * signedRankTail(left.length)(Math.ceil(smaller)));
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
