/**
 * p-values that hold for several comparisons at once, by Holm's step-down rule (1979): what is below α here is claimed
 * with a probability of at most α of any false claim.
 *
 * @param pValues in any order, each in [0, 1]
 * @returns in the same order
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  if (!pValues.every((p) => p >= 0 && p <= 1)) throw new RangeError('a p-value lies outside [0, 1]');
  const ascending = [...pValues.keys()].toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = pValues.map(() => 1);
  let largest = 0;
  for (const [step, index] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - step) * (pValues[index] ?? 1)));
    adjusted[index] = largest;
  }
  return adjusted;
}
