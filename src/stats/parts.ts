import type { Estimate } from './estimate.ts';
import { meanOf } from './mean.ts';
import { studentUpperQuantile } from './student.ts';

/** What is observed of a quantity that is a sum of parts. */
export interface ObservedParts {
  /** The mean of each part. */
  readonly means: readonly number[];
  /**
   * Independent samples whose means have the variances of `means`, summed: one of paired observations, or one of each
   * side. Each observation holds one value a part.
   */
  readonly samples: readonly (readonly (readonly number[])[])[];
}

/**
 * The parts of an estimated total: their points add up to the total's exactly, and each is inside its own interval.
 *
 * The means of the parts add up to the mean, not to a robust total θ. So each mean is moved by the regression of its
 * part on the total, mean(a) + β·(θ − mean(d)) with β = cov(a, d) / var(d): the regression estimator for a known total
 * (Cochran, Sampling Techniques, 7.3). The β add up to 1. Its uncertainty is that of the total times β and that of the
 * residuals a − β·d by Student's t, joined by their squares since the two are not correlated (Zou & Donner 2008,
 * Statistics in Medicine 27, 1693–1702).
 *
 * @param total with the level that the parts' intervals get too
 * @returns one a part, in order; with level 0 where there are too few observations for an interval
 */
export function partsOf({ means, samples }: ObservedParts, total: Estimate): Estimate[] {
  const sums = samples.map((sample) => sample.map((parts) => parts.reduce((sum, part) => sum + part, 0)));
  const meanTotal = means.reduce((sum, mean) => sum + mean, 0);
  const variance = varianceOfMean(sums, sums);
  const degrees = samples.reduce((sum, { length }) => sum + length - 1, 0) - 1;
  const known = degrees >= 1 && total.confidenceLevel > 0;
  const reach = known ? studentUpperQuantile((1 - total.confidenceLevel) / 2, degrees) : 0;
  return means.map((mean, part): Estimate => {
    const values = samples.map((sample) => sample.map((parts) => parts[part] ?? 0));
    const slope = variance > 0 ? varianceOfMean(values, sums) / variance : 1 / means.length;
    const point = mean + slope * (total.point - meanTotal);
    if (!known) return { point, low: point, high: point, confidenceLevel: 0 };
    const residuals = values.map((sample, index) =>
      sample.map((value, at) => value - slope * (sums[index]?.[at] ?? 0)),
    );
    const own = reach * Math.sqrt(Math.max(0, varianceOfMean(residuals, residuals)));
    const ends = [slope * (total.low - total.point), slope * (total.high - total.point)];
    return {
      point,
      low: point - Math.hypot(own, Math.min(...ends)),
      high: point + Math.hypot(own, Math.max(...ends)),
      confidenceLevel: total.confidenceLevel,
    };
  });
}

/** The covariance of two sums of sample means. */
function varianceOfMean(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return a.reduce((sum, left, index) => sum + covariance(left, b[index] ?? []) / left.length, 0);
}

function covariance(left: readonly number[], right: readonly number[]): number {
  if (left.length < 2) return 0;
  const [a, b] = [meanOf(left), meanOf(right)];
  const products = left.reduce((sum, value, at) => sum + (value - a) * ((right[at] ?? 0) - b), 0);
  return products / (left.length - 1);
}
