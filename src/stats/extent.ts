/** The least and the most of some values: an array of any length, which `Math.min(...values)` does not take. */
export function extentOf(values: Iterable<number>): { readonly least: number; readonly most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
