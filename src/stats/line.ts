/** Cost as a start and a slope: cost = start + perUnit · size. */
export interface Line {
  readonly start: number;
  readonly perUnit: number;
}

/**
 * The line with the least relative squared errors: weighted least squares with weights 1/cost² (Draper & Smith, Applied
 * Regression Analysis, 9.2), since the spread of a time grows with it.
 *
 * @param points sizes and costs above 0, of at least two sizes
 * @returns null where there are too few to tell a slope
 */
export function fitLine(points: readonly { readonly size: number; readonly cost: number }[]): Line | null {
  let [sw, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const { size, cost } of points) {
    const weight = 1 / cost ** 2;
    sw += weight;
    sx += weight * size;
    sy += weight * cost;
    sxx += weight * size * size;
    sxy += weight * size * cost;
  }
  const determinant = sw * sxx - sx * sx;
  if (!(Math.abs(determinant) > 1e-12 * sw * sxx)) return null;
  const perUnit = (sw * sxy - sx * sy) / determinant;
  return { start: (sy - perUnit * sx) / sw, perUnit };
}

/**
 * The part of a job that does not spread over threads, from its time on one and on several: the experimentally determined
 * serial fraction of Karp and Flatt (1990, CACM 33, 539–543), e = (1/ψ − 1/p) / (1 − 1/p).
 *
 * @param timeOfOne and timeOfMany in one unit
 * @param threads at least 2
 */
export function serialFraction(timeOfOne: number, timeOfMany: number, threads: number): number {
  return (timeOfMany / timeOfOne - 1 / threads) / (1 - 1 / threads);
}

/** Amdahl's law (1967): the time on so many threads, with that serial part. */
export function amdahlTime(timeOfOne: number, serial: number, threads: number): number {
  return timeOfOne * (serial + (1 - serial) / threads);
}
