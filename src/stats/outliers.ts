import { median } from './median.ts';

/** The median absolute deviation of normal numbers, times this, is their standard deviation. */
const NORMAL_SCALE = 1.4826;
/** Some value lies beyond the limit in so many of the samples that have no outlier, though their tails are heavy. */
const FALSE_ALARMS = 0.02;
/** What a deviation estimated from few values adds to the limit, divided by their number: found by simulation, 8 to 1,000. */
const FEW_VALUES = 8;

/**
 * Which values lie far from the rest, by their distance from the median in robust standard deviations (Iglewicz & Hoaglin
 * 1993, How to Detect and Handle Outliers). They are counted and reported, never dropped.
 *
 * Their fixed limit of 3.5 calls some value far in 14 to 38 % of normal samples of 8 to 1,000. This one grows with the
 * number of values: of so many of the logistic distribution, whose tails are those of ratios of times rather than
 * the normal ones, the farthest lies beyond it in 2 %; of normal ones, in less.
 *
 * @param values logarithms, where the quantities are times
 * @returns indexes, ascending; none where more than half of the values are equal
 */
export function outliersOf(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const centre = median(values);
  const scale = NORMAL_SCALE * median(values.map((value) => Math.abs(value - centre)));
  if (scale === 0) return [];
  const limit = limitFor(values.length) * scale;
  return [...values.keys()].filter((index) => Math.abs((values[index] ?? centre) - centre) > limit);
}

/** A logistic number of scale 1 lies beyond x with about 2·e^−x; its median absolute deviation is ln 3. */
function limitFor(count: number): number {
  const farthest = Math.log((2 * count) / FALSE_ALARMS);
  return (farthest / (NORMAL_SCALE * Math.log(3))) * (1 + FEW_VALUES / count);
}
