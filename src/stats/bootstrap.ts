import type { Random } from '../base/random.ts';
import type { Estimate } from './estimate.ts';
import { median } from './median.ts';

const RESAMPLES = 2000;
/** The median of a resample of more is drawn by its place, not by the whole resample. */
const MOST_RESAMPLED = 1000;

/**
 * Median with its percentile interval from resampling (Efron & Tibshirani, An Introduction to the Bootstrap, 13.3): a
 * cross-check that shares nothing with the rank tests. With few values it is too narrow, which is why it is no more.
 *
 * @returns `confidenceLevel` is the one asked for; 0 for one value
 * @throws RangeError if the sample is empty
 */
export function bootstrapMedian(
  values: readonly number[],
  { random, level }: { readonly random: Random; readonly level: number },
): Estimate {
  const point = median(values);
  if (values.length === 1) return { point, low: point, high: point, confidenceLevel: 0 };
  const draw =
    values.length > MOST_RESAMPLED ? placedMedian(values, random) : resampledMedian(values, random);
  const medians = Array.from({ length: RESAMPLES }, draw).toSorted((a, b) => a - b);
  const outside = Math.floor(((1 - level) / 2) * RESAMPLES);
  return {
    point,
    low: medians[outside] ?? point,
    high: medians[RESAMPLES - 1 - outside] ?? point,
    confidenceLevel: level,
  };
}

function resampledMedian(values: readonly number[], random: Random): () => number {
  return () => median(values.map(() => values[Math.floor(random() * values.length)] ?? 0));
}

/** Half the values of a resample lie below a uniform number that is all but normal about 1/2 (Beta(n/2, n/2)). */
function placedMedian(values: readonly number[], random: Random): () => number {
  const ascending = values.toSorted((a, b) => a - b);
  const deviation = 1 / (2 * Math.sqrt(values.length + 2));
  return () => {
    // Box and Muller's: a normal number of two uniform ones; 0 has no logarithm.
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const place = Math.floor((0.5 + deviation * normal) * ascending.length);
    return ascending[Math.min(ascending.length - 1, Math.max(0, place))] ?? 0;
  };
}
