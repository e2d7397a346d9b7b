/** The first place in an ascending part, `start` to `end`, whose time lies after one; `end` where none does. */
export function firstAfter(timesUs: Float64Array, timeUs: number, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timesUs[middle] ?? 0) > timeUs) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first place in an ascending part whose time does not lie before one. */
export function firstNotBefore(timesUs: Float64Array, timeUs: number, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timesUs[middle] ?? 0) < timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
