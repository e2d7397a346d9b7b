import type { Estimate } from './estimate.ts';
import { normalSurvival, normalUpperQuantile } from './normal.ts';

/** Above it 2^−n is nearly no double, and the normal law gives the same. */
const MOST_EXACT = 1000;

/**
 * Middle of a sample; mean of the two middle values when even.
 *
 * @throws RangeError if the sample is empty
 */
export function median(values: readonly number[]): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/**
 * As `median`, of a sample that is in order already.
 *
 * @param ascending at least one value, any unit
 */
export function medianOfSorted(ascending: Float64Array): number {
  const upper = ascending[Math.floor(ascending.length / 2)];
  const lower = ascending[Math.floor((ascending.length - 1) / 2)];
  if (lower === undefined || upper === undefined) throw new RangeError('no median of an empty sample');
  return (lower + upper) / 2;
}

/**
 * Median with its interval by order statistics, which assumes nothing of the distribution.
 *
 * The interval from the (k+1)-th to the (n−k)-th value covers the median with 1 − 2·P(B ≤ k), B binomial(n, 1/2)
 * (David & Nagaraja, Order Statistics, 7.1). Taken is the narrowest that reaches `wantedLevel`; where not even
 * the whole range does, the whole range with the level that it achieves, which for one value is 0.
 *
 * @throws RangeError if the sample is empty
 */
export function medianEstimate(values: readonly number[], wantedLevel = 0.95): Estimate {
  const ascending = Float64Array.from(values).sort();
  const point = medianOfSorted(ascending);
  const count = ascending.length;
  const { cut, tail } = count > MOST_EXACT ? normalCut(count, wantedLevel) : exactCut(count, wantedLevel);
  return {
    point,
    low: ascending[cut] ?? point,
    high: ascending[count - 1 - cut] ?? point,
    confidenceLevel: Math.max(0, 1 - 2 * tail),
  };
}

interface Cut {
  /** Values left out at each end. */
  readonly cut: number;
  /** The probability that the median lies beyond one end. */
  readonly tail: number;
}

function exactCut(count: number, wantedLevel: number): Cut {
  let cut = 0;
  let tail = 0.5 ** count;
  for (let term = tail; ; cut += 1) {
    term = (term * (count - cut)) / (cut + 1);
    if (1 - 2 * (tail + term) < wantedLevel || cut + 1 > (count - 1) / 2) break;
    tail += term;
  }
  return { cut, tail };
}

/** The binomial's normal approximation, with the correction for continuity. */
function normalCut(count: number, wantedLevel: number): Cut {
  const deviation = Math.sqrt(count) / 2;
  const reach = normalUpperQuantile((1 - wantedLevel) / 2) * deviation;
  const cut = Math.max(0, Math.floor(count / 2 - 0.5 - reach));
  return { cut, tail: normalSurvival((count / 2 - cut - 0.5) / deviation) };
}
