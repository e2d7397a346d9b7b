/** Marks nearer to one another than this part of the scale would hide one another. */
const MARK_RATIO = 1 / 60;
/** More on top of one another leave the picture; they share its last place. */
const MOST_LEVELS = 7;

export interface Dot {
  readonly value: number;
  /** How many stand below it. */
  readonly level: number;
}

/** Wilkinson's dot plot: from the least up, each value stands on those that it would hide. */
export function stackedDots(
  values: readonly number[],
  { low, high }: { readonly low: number; readonly high: number },
): Dot[] {
  const width = (high - low) * MARK_RATIO;
  let [start, level] = [Number.NEGATIVE_INFINITY, 0];
  return values
    .toSorted((a, b) => a - b)
    .map((value) => {
      if (value - start < width) level += 1;
      else [start, level] = [value, 0];
      return { value, level: Math.min(level, MOST_LEVELS) };
    });
}
