/**
 * All sums of a value of one sample and a value of another, in order, without holding them: 20,000 values a sample have
 * 400 million. Each value of `left` makes an ascending row, so that counting up to a limit takes one pass.
 */
export interface PairwiseSums {
  /** Ascending. */
  readonly left: Float64Array;
  /** Ascending. */
  readonly right: Float64Array;
  /** How many sums there are. */
  readonly count: number;
  /** Of the row of `left[row]`, the first column that counts. */
  readonly firstColumn: (row: number) => number;
}

/** The differences after − before of two samples. */
export function differencesOf(before: readonly number[], after: readonly number[]): PairwiseSums {
  return {
    left: Float64Array.from(before, (value) => -value).sort(),
    right: Float64Array.from(after).sort(),
    count: before.length * after.length,
    firstColumn: () => 0,
  };
}

/** The means of every two values, each with itself too: Walsh averages. */
export function walshSums(values: readonly number[]): PairwiseSums {
  const halves = Float64Array.from(values, (value) => value / 2).sort();
  return {
    left: halves,
    right: halves,
    count: (values.length * (values.length + 1)) / 2,
    firstColumn: (row) => row,
  };
}

/** How many sums are at most `limit`. */
export function countUpTo({ left, right, firstColumn }: PairwiseSums, limit: number): number {
  let count = 0;
  let end = right.length;
  for (let row = 0; row < left.length; row += 1) {
    const value = left[row] ?? 0;
    // The further down, the further to the left is the first sum above the limit.
    while (end > 0 && value + (right[end - 1] ?? 0) > limit) end -= 1;
    count += Math.max(0, end - firstColumn(row));
  }
  return count;
}

/** So few sums are sorted; more are counted. */
const FEW_SUMS = 64;

/**
 * The sum at a place in ascending order: bisection by counting (Johnson & Mizoguchi 1978) until about one sum a row is
 * left, and of those the one that is looked for.
 *
 * @param place 0 for the least, `count − 1` for the largest
 * @throws RangeError where there is no such place
 */
export function sumAt(sums: PairwiseSums, place: number): number {
  const { left, right } = sums;
  const ends = [left[0], right[0], left.at(-1), right.at(-1)];
  if (!(place >= 0 && place < sums.count) || !ends.every(Number.isFinite))
    throw new RangeError(`no place ${place} among ${sums.count} sums`);
  const [leastLeft = 0, leastRight = 0, mostLeft = 0, mostRight = 0] = ends;
  let [low, high] = [leastLeft + leastRight, mostLeft + mostRight];
  let [upToLow, upToHigh] = [countUpTo(sums, low), sums.count];
  if (upToLow > place) return low;
  const few = Math.max(FEW_SUMS, left.length);
  // `low` has too few up to it, `high` enough, until no number lies between them.
  for (let middle = low + (high - low) / 2; middle > low && middle < high; middle = low + (high - low) / 2) {
    if (upToHigh - upToLow <= few) return sumsWithin(sums, low, high)[place - upToLow] ?? high;
    const upToMiddle = countUpTo(sums, middle);
    if (upToMiddle > place) [high, upToHigh] = [middle, upToMiddle];
    else [low, upToLow] = [middle, upToMiddle];
  }
  return high;
}

/** The sums above `low` and up to `high`, ascending. */
function sumsWithin({ left, right, firstColumn }: PairwiseSums, low: number, high: number): Float64Array {
  const within: number[] = [];
  let end = right.length;
  for (let row = 0; row < left.length; row += 1) {
    const value = left[row] ?? 0;
    while (end > 0 && value + (right[end - 1] ?? 0) > high) end -= 1;
    for (let column = end - 1; column >= firstColumn(row); column -= 1) {
      const sum = value + (right[column] ?? 0);
      if (sum <= low) break;
      within.push(sum);
    }
  }
  return Float64Array.from(within).sort();
}

/** The middle sum; the mean of the two middle ones for an even count. */
export function middleSum(sums: PairwiseSums): number {
  const lower = sumAt(sums, Math.floor((sums.count - 1) / 2));
  const upper = sums.count % 2 === 1 ? lower : sumAt(sums, sums.count / 2);
  return lower + (upper - lower) / 2;
}
