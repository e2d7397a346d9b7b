import { BYTES_PER_MIB, MS_PER_S } from '../base/units.ts';
import type { Estimate } from '../stats/estimate.ts';

export function seconds(durationMs: number): string {
  return `${(durationMs / MS_PER_S).toFixed(3)} s`;
}

export function milliseconds(durationMs: number | null): string {
  return durationMs === null ? 'not known' : `${durationMs.toFixed(1)} ms`;
}

export function mebibytes(sizeBytes: number): string {
  return `${(sizeBytes / BYTES_PER_MIB).toFixed(1)} MiB`;
}

export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`;
}

/** The interval of an estimate and the confidence it achieves, or that there is none. */
export function interval(
  { low, high, confidenceLevel }: Estimate,
  format: (value: number) => string,
): string {
  if (confidenceLevel === 0) return 'no interval from one run';
  return `${format(low)} to ${format(high)}, ${(confidenceLevel * 100).toFixed(1)} % confidence`;
}
