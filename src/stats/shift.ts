import type { Estimate } from './estimate.ts';
import { median } from './median.ts';

export interface TwoSamples {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * Hodges–Lehmann shift of two independent samples, after − before, with the interval that inverts the exact
 * rank-sum test (Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 4.2 and 4.3).
 *
 * With the m·n differences in order, the interval from the (k+1)-th to the (mn−k)-th achieves 1 − 2·P(U ≤ k). Taken is
 * the narrowest that reaches `wantedLevel`; where not even all differences do, their range with the level it achieves.
 *
 * @throws RangeError if a sample is empty
 */
export function hodgesLehmannShift({ before, after }: TwoSamples, wantedLevel = 0.95): Estimate {
  const differences = after.flatMap((b) => before.map((a) => b - a)).toSorted((a, b) => a - b);
  const point = median(differences);
  const counts = rankSumCounts(before.length, after.length);
  const arrangements = counts.reduce((sum, count) => sum + count, 0);
  let cut = 0;
  let tail = counts[0] ?? 0;
  for (; cut + 1 <= (differences.length - 1) / 2; cut += 1) {
    const wider = tail + (counts[cut + 1] ?? 0);
    if (1 - (2 * wider) / arrangements < wantedLevel) break;
    tail = wider;
  }
  return {
    point,
    low: differences[cut] ?? point,
    high: differences[differences.length - 1 - cut] ?? point,
    confidenceLevel: Math.max(0, 1 - (2 * tail) / arrangements),
  };
}

/** How many of the arrangements of two samples give each value of Mann and Whitney's U, 0 to m·n: the Gaussian binomial. */
export function rankSumCounts(beforeCount: number, afterCount: number): number[] {
  let counts = [1];
  for (let index = 1; index <= afterCount; index += 1) {
    const grown = Array.from({ length: counts.length + beforeCount + index }, () => 0);
    // Multiplies by 1 − q^(m+i) …
    for (const [power, count] of counts.entries()) {
      grown[power] = (grown[power] ?? 0) + count;
      grown[power + beforeCount + index] = (grown[power + beforeCount + index] ?? 0) - count;
    }
    // … and divides by 1 − q^i, which leaves no remainder.
    for (let power = index; power < grown.length; power += 1) {
      grown[power] = (grown[power] ?? 0) + (grown[power - index] ?? 0);
    }
    counts = grown.slice(0, beforeCount * index + 1);
  }
  return counts;
}

/**
 * Exact two-sided p-value that two independent samples have the same centre: Mann and Whitney's U, ties counted as half
 * and the sum rounded towards the middle, which errs on the side of no claim.
 *
 * @returns 1 where a sample is empty
 */
export function rankSumPValue({ before, after }: TwoSamples): number {
  const wins = after.reduce(
    (sum, b) => sum + before.reduce((inner, a) => inner + (b > a ? 1 : b === a ? 0.5 : 0), 0),
    0,
  );
  const smaller = Math.ceil(Math.min(wins, before.length * after.length - wins));
  const counts = rankSumCounts(before.length, after.length);
  const arrangements = counts.reduce((sum, count) => sum + count, 0);
  const tail = counts.slice(0, smaller + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * tail) / arrangements);
}
