import { medianOfSorted } from './median.ts';
import { normalSurvival } from './normal.ts';

/** Whether measurements drift in the order of time. */
export interface Trend {
  /** Two-sided, of no trend: Mann and Kendall's test by the normal approximation with its correction for continuity. */
  readonly pValue: number;
  /** The change from the first to the last, in the unit of the values: Theil and Sen's slope times the steps. */
  readonly total: number;
}

/**
 * Mann–Kendall test and Theil–Sen slope of a series (Hollander, Wolfe & Chicken, 8.1 and 9.3); ties count as neither.
 *
 * @param series in the order of time; at least 3 values
 */
export function trendOf(series: readonly number[]): Trend {
  const count = series.length;
  if (count < 3) throw new RangeError(`no trend of ${count} values`);
  const slopes = new Float64Array((count * (count - 1)) / 2);
  let [rising, at] = [0, 0];
  for (let later = 1; later < count; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      const change = (series[later] ?? 0) - (series[earlier] ?? 0);
      rising += Math.sign(change);
      slopes[at++] = change / (later - earlier);
    }
  }
  const ties = [...Map.groupBy(series, (value) => value).values()].map(({ length }) => length);
  const spread = (size: number): number => size * (size - 1) * (2 * size + 5);
  const variance = (spread(count) - ties.reduce((sum, size) => sum + spread(size), 0)) / 18;
  const z = variance === 0 ? 0 : Math.max(0, Math.abs(rising) - 1) / Math.sqrt(variance);
  return { pValue: Math.min(1, 2 * normalSurvival(z)), total: medianOfSorted(slopes.sort()) * (count - 1) };
}
