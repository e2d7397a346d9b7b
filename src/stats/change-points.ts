/**
 * Cuts a series into segments of constant level, at the least sum of squared errors plus a penalty for each segment
 * (PELT: Killick, Fearnhead & Eckley 2012). Without a change point, the work grows with the square of the length.
 *
 * @param values in order of time
 * @param penalty of one more segment, in squared units of the values
 * @returns the first index of each segment, ascending; 0 is always the first
 */
export function changePointsOf(values: readonly number[], penalty: number): readonly number[] {
  const cost = squaredErrors(values);
  const best = new Float64Array(values.length + 1);
  best[0] = -penalty;
  const cameFrom = new Int32Array(values.length + 1);
  let candidates = [0];
  for (let end = 1; end <= values.length; end += 1) {
    const totals = candidates.map((start) => (best[start] ?? 0) + cost(start, end));
    let least = Number.POSITIVE_INFINITY;
    for (const [index, total] of totals.entries()) {
      if (total >= least) continue;
      least = total;
      cameFrom[end] = candidates[index] ?? 0;
    }
    best[end] = least + penalty;
    // A start that is worse by more than a penalty now can never become the best one.
    candidates = candidates.filter((_, index) => (totals[index] ?? 0) <= least + penalty);
    candidates.push(end);
  }
  const starts: number[] = [];
  for (let at = values.length; at > 0; at = cameFrom[at] ?? 0) starts.push(cameFrom[at] ?? 0);
  return starts.toReversed();
}

/** The sum of squared deviations from their mean, of the values from `start` up to, not including, `end`. */
function squaredErrors(values: readonly number[]): (start: number, end: number) => number {
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  for (const [index, value] of values.entries()) {
    sums[index + 1] = (sums[index] ?? 0) + value;
    squares[index + 1] = (squares[index] ?? 0) + value * value;
  }
  return (start, end) => {
    const sum = (sums[end] ?? 0) - (sums[start] ?? 0);
    return Math.max(0, (squares[end] ?? 0) - (squares[start] ?? 0) - (sum * sum) / (end - start));
  };
}
