import type { CpuProfile, Window } from './model.ts';
import { firstAfter, firstNotBefore } from './search-times.ts';

/** The samples that stand for a part of a window: the first and the last perhaps for less than they last, the rest whole. */
export interface SampleRange {
  readonly first: number;
  /** Less than `first` where there are none. */
  readonly last: number;
}

export function samplesWithin({ sampleTimesUs }: CpuProfile, { startUs, endUs }: Window): SampleRange {
  const count = sampleTimesUs.length;
  const first = Math.max(0, firstAfter(sampleTimesUs, startUs, 0, count) - 1);
  return { first, last: firstNotBefore(sampleTimesUs, endUs, 0, count) - 1 };
}

/** What one sample stands for within a window, µs: from its time to the next one's, the last until the profile's end. */
export function spentWithin(
  { sampleTimesUs, endTimeUs }: CpuProfile,
  index: number,
  { startUs, endUs }: Window,
): number {
  const fromUs = sampleTimesUs[index] ?? endTimeUs;
  const untilUs = index + 1 < sampleTimesUs.length ? (sampleTimesUs[index + 1] ?? endTimeUs) : endTimeUs;
  return Math.max(0, Math.min(untilUs, endUs) - Math.max(fromUs, startUs));
}

/** The time spent within a window by the group of the sampled node, µs, added to `sums`. */
export function addSpentByGroup(
  profile: CpuProfile,
  window: Window,
  { groups, sums }: { readonly groups: Uint8Array; readonly sums: Float64Array },
): void {
  const { first, last } = samplesWithin(profile, window);
  if (last < first) return;
  const { sampleNodes, sampleTimesUs } = profile;
  for (const edge of first === last ? [first] : [first, last]) {
    const group = groups[sampleNodes[edge] ?? 0] ?? 0;
    sums[group] = (sums[group] ?? 0) + spentWithin(profile, edge, window);
  }
  for (let index = first + 1; index < last; index += 1) {
    const group = groups[sampleNodes[index] ?? 0] ?? 0;
    const spentUs = (sampleTimesUs[index + 1] ?? 0) - (sampleTimesUs[index] ?? 0);
    sums[group] = (sums[group] ?? 0) + spentUs;
  }
}
