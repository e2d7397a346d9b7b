import type { Random } from '../base/random.ts';
import type { Estimate } from './estimate.ts';
import { median } from './median.ts';

const RESAMPLES = 2000;

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
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)] ?? point)),
  ).toSorted((a, b) => a - b);
  const outside = Math.floor(((1 - level) / 2) * RESAMPLES);
  return {
    point,
    low: medians[outside] ?? point,
    high: medians[RESAMPLES - 1 - outside] ?? point,
    confidenceLevel: level,
  };
}
