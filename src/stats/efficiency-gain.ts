/**
 * Efficiency gain of a rewrite in percent: (old − new) / old × 100. Negative where the new one is slower.
 *
 * @param oldTime above zero, any unit
 * @param newTime zero or more, the same unit
 * @throws RangeError for anything else
 */
export function efficiencyGain(oldTime: number, newTime: number): number {
  if (!(Number.isFinite(oldTime) && oldTime > 0 && Number.isFinite(newTime) && newTime >= 0)) {
    throw new RangeError(
      `no efficiency gain from ${oldTime} to ${newTime}: both must be times, the old one above 0`,
    );
  }
  return ((oldTime - newTime) / oldTime) * 100;
}
