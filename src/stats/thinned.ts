import { median } from './median.ts';

/** At most `most` medians of neighbouring values, in their order; the values themselves where there are no more. */
export function thinned(values: readonly number[], most: number): number[] {
  const size = Math.ceil(values.length / most);
  if (size <= 1) return [...values];
  return Array.from({ length: Math.floor(values.length / size) }, (_, index) =>
    median(values.slice(index * size, (index + 1) * size)),
  );
}
