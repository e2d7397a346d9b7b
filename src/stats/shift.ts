import type { Estimate } from './estimate.ts';
import { normalSurvival, normalUpperQuantile } from './normal.ts';
import { differencesOf, middleSum, sumAt } from './pairwise-order.ts';
import { meanRanks } from './signed-rank.ts';

export interface TwoSamples {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * Hodges–Lehmann shift of two independent samples, after − before, with the interval that inverts the rank-sum test
 * (Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 4.2 and 4.3), exact for samples of up to `MOST_EXACT`.
 *
 * With the m·n differences in order, the interval from the (k+1)-th to the (mn−k)-th achieves 1 − 2·P(U ≤ k). Taken is
 * the narrowest that reaches `wantedLevel`; where not even all differences do, their range with the level it achieves.
 *
 * @throws RangeError if a sample is empty
 */
export function hodgesLehmannShift({ before, after }: TwoSamples, wantedLevel = 0.95): Estimate {
  if (before.length * after.length > MOST_DIFFERENCES) return shiftOfMany({ before, after }, wantedLevel);
  const differences = Float64Array.from(after.flatMap((b) => before.map((a) => b - a))).sort();
  const point = middleOf(differences);
  const { cut, confidenceLevel } = rankSumCut({ m: before.length, n: after.length, wantedLevel });
  return {
    point,
    low: differences[cut] ?? point,
    high: differences[differences.length - 1 - cut] ?? point,
    confidenceLevel,
  };
}

/** More are not held and sorted, but counted; the result is the same. */
const MOST_DIFFERENCES = 10_000;

function shiftOfMany({ before, after }: TwoSamples, wantedLevel: number): Estimate {
  const sums = differencesOf(before, after);
  const { cut, confidenceLevel } = rankSumCut({ m: before.length, n: after.length, wantedLevel });
  return {
    point: middleSum(sums),
    low: sumAt(sums, cut),
    high: sumAt(sums, sums.count - 1 - cut),
    confidenceLevel,
  };
}

function middleOf(ascending: Float64Array): number {
  const upper = ascending[Math.floor(ascending.length / 2)];
  const lower = ascending[Math.floor((ascending.length - 1) / 2)];
  if (lower === undefined || upper === undefined) throw new RangeError('no shift of an empty sample');
  return (lower + upper) / 2;
}

interface CutQuestion {
  readonly m: number;
  readonly n: number;
  readonly wantedLevel: number;
}

/** The same for every function of a comparison. */
let lastCut: { readonly key: string; readonly cut: number; readonly confidenceLevel: number } | null = null;

/** How many differences to leave out at each end, and the level that is then achieved. */
function rankSumCut({ m, n, wantedLevel }: CutQuestion) {
  const key = `${m} ${n} ${wantedLevel}`;
  if (lastCut?.key === key) return lastCut;
  const tail = lowerTail(m, n);
  const levelAt = (cut: number) => Math.max(0, 1 - 2 * tail(cut));
  let cut = m > MOST_EXACT || n > MOST_EXACT ? normalCut({ m, n, wantedLevel }) : 0;
  while (cut + 1 <= (m * n - 1) / 2 && levelAt(cut + 1) >= wantedLevel) cut += 1;
  lastCut = { key, cut, confidenceLevel: levelAt(cut) };
  return lastCut;
}

/** A cut just below the one that is looked for, which may lie a hundred million above 0. */
function normalCut({ m, n, wantedLevel }: CutQuestion): number {
  const reach = normalUpperQuantile((1 - wantedLevel) / 2) * spreadOf(m, n);
  return Math.max(0, Math.floor((m * n) / 2 - reach) - 2);
}

function spreadOf(m: number, n: number): number {
  return Math.sqrt((m * n * (m + n + 1)) / 12);
}

/** Above it the counts are no longer whole numbers in doubles, and the normal law is as good as they are. */
export const MOST_EXACT = 50;

/**
 * P(U ≤ u) of two samples of one distribution: exact, or for a large sample by the normal law with the correction for
 * continuity (Hollander, Wolfe & Chicken, 4.1, large-sample approximation).
 */
function lowerTail(m: number, n: number): (u: number) => number {
  if (m > MOST_EXACT || n > MOST_EXACT) {
    const spread = spreadOf(m, n);
    return (u) => normalSurvival(((m * n) / 2 - u - 0.5) / spread);
  }
  const counts = rankSumCounts(m, n);
  const arrangements = counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  const cumulative = counts.map((count) => {
    sum += count;
    return sum / arrangements;
  });
  return (u) => cumulative[u] ?? 1;
}

/**
 * How many of the arrangements of two samples give each value of Mann and Whitney's U, 0 to m·n: the Gaussian binomial.
 *
 * @param beforeCount up to `MOST_EXACT`, as the other
 */
export function rankSumCounts(beforeCount: number, afterCount: number): number[] {
  const counts = new Float64Array(beforeCount * afterCount + 1);
  counts[0] = 1;
  for (let index = 1; index <= afterCount; index += 1) {
    const factor = beforeCount + index;
    // Multiplies by 1 − q^(m+i), from above so that each count is read before it is changed …
    for (let power = beforeCount * index; power >= factor; power -= 1) {
      counts[power] = (counts[power] ?? 0) - (counts[power - factor] ?? 0);
    }
    // … and divides by 1 − q^i, which leaves no remainder.
    for (let power = index; power <= beforeCount * index; power += 1) {
      counts[power] = (counts[power] ?? 0) + (counts[power - index] ?? 0);
    }
  }
  return [...counts];
}

/**
 * Two-sided p-value that two independent samples have the same centre: Mann and Whitney's U, ties counted as half
 * and the sum rounded towards the middle, which errs on the side of no claim. Exact for samples of up to `MOST_EXACT`.
 *
 * @returns 1 where a sample is empty
 */
export function rankSumPValue({ before, after }: TwoSamples): number {
  const ranks = meanRanks([...after, ...before]);
  const rankSum = ranks.slice(0, after.length).reduce((sum, rank) => sum + rank, 0);
  const wins = rankSum - (after.length * (after.length + 1)) / 2;
  const smaller = Math.ceil(Math.min(wins, before.length * after.length - wins));
  return Math.min(1, 2 * lowerTail(before.length, after.length)(smaller));
}
