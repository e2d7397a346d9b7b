import type { Estimate } from './estimate.ts';

/** One side against another at one size. */
export interface SizedDifference {
  readonly size: number;
  /** ln(new/old) with its interval. */
  readonly logRatio: Estimate;
}

/**
 * From which size on the new side is faster, if it is at the largest.
 *
 * The point lies between the last two sizes at which the difference changes its sign, where that difference is taken to be a
 * straight line over the logarithm of the size. The interval does not rest on it, nor on any other law of growth: it goes
 * from the largest size at which the new side is shown to be slower to the smallest at which it is shown to be faster, by
 * the interval of the difference at that size. It takes for granted that between them the sign changes once.
 *
 * @param differences ascending by size
 * @returns null where the intervals do not show both
 */
export function overtakingSize(differences: readonly SizedDifference[]): Estimate | null {
  const last = differences.findLastIndex(({ logRatio }) => logRatio.point >= 0);
  const [left, right] = [differences[last], differences[last + 1]];
  if (left === undefined || right === undefined) return null;
  const slower = differences.slice(0, last + 1).findLast(({ logRatio }) => isShown(logRatio, 'slower'));
  const faster = differences.slice(last + 1).find(({ logRatio }) => isShown(logRatio, 'faster'));
  if (slower === undefined || faster === undefined) return null;
  const share = left.logRatio.point / (left.logRatio.point - right.logRatio.point);
  return {
    point: left.size * (right.size / left.size) ** share,
    low: slower.size,
    high: faster.size,
    confidenceLevel: Math.min(slower.logRatio.confidenceLevel, faster.logRatio.confidenceLevel),
  };
}

/** One value shows nothing: its interval is a point. */
function isShown({ low, high, confidenceLevel }: Estimate, what: 'slower' | 'faster'): boolean {
  return confidenceLevel > 0 && (what === 'slower' ? low > 0 : high < 0);
}
