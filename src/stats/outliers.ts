import { median } from './median.ts';

/** The median absolute deviation of normal numbers, times this, is their standard deviation. */
const NORMAL_SCALE = 1.4826;
/** Iglewicz and Hoaglin's limit of the modified z-score. */
const LIMIT = 3.5;

/**
 * Which values lie far from the rest: further from the median than 3.5 standard deviations as the median absolute
 * deviation tells them (Iglewicz & Hoaglin 1993). They are counted and said, never dropped.
 *
 * @param values logarithms, where the quantities are times
 * @returns indexes, ascending; none where more than half of the values are equal
 */
export function outliersOf(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const centre = median(values);
  const scale = NORMAL_SCALE * median(values.map((value) => Math.abs(value - centre)));
  if (scale === 0) return [];
  return [...values.keys()].filter((index) => Math.abs((values[index] ?? centre) - centre) > LIMIT * scale);
}
