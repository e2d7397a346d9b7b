/**
 * The arithmetic mean.
 *
 * @param values at least one, any unit
 * @returns same unit
 */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The sum of squared deviations from the mean.
 *
 * @param values at least one, any unit
 * @returns that unit squared
 */
export function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
