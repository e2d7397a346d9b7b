import type { CpuProfile } from './model.ts';
import { firstNotBefore } from './search-times.ts';

/** A profile, with what tells that two are of one thread; null where that is not known. */
export interface IdentifiedProfile {
  readonly thread: unknown;
  readonly sameThread: string | null;
  readonly profile: CpuProfile;
}

/**
 * Each thread's time once, though several profilers may have recorded it at the same time (DevTools and the page itself):
 * of profiles that overlap the longest counts whole, and of the others what lies outside it.
 */
export function onceEach<Profile extends IdentifiedProfile>(
  profiles: readonly Profile[],
): {
  readonly kept: Profile[];
  /** Of which thread's profile another one repeats how much. */
  readonly doubled: { readonly thread: Profile['thread']; readonly overlapUs: number }[];
} {
  const doubled: { readonly thread: Profile['thread']; readonly overlapUs: number }[] = [];
  const rests = new Map<Profile, CpuProfile>();
  const longestFirst = profiles.toSorted(
    (a, b) =>
      extentUs(b.profile) - extentUs(a.profile) ||
      b.profile.sampleNodes.length - a.profile.sampleNodes.length,
  );
  for (const one of longestFirst) {
    let rest: CpuProfile | null = one.profile;
    for (const [other, counted] of rests) {
      if (rest === null || one.sameThread === null || other.sameThread !== one.sameThread) continue;
      const overlapUs =
        Math.min(rest.endTimeUs, counted.endTimeUs) - Math.max(rest.startTimeUs, counted.startTimeUs);
      if (overlapUs <= 0) continue;
      doubled.push({ thread: other.thread, overlapUs });
      rest = outside(rest, counted);
    }
    if (rest !== null) rests.set(one, rest);
  }
  return {
    kept: profiles.flatMap((one) => {
      const profile = rests.get(one);
      return profile === undefined ? [] : [{ ...one, profile }];
    }),
    doubled,
  };
}

function extentUs({ startTimeUs, endTimeUs }: CpuProfile): number {
  return endTimeUs - startTimeUs;
}

/** What of a profile lies outside another, which it overlaps on one side; null where nothing does. */
function outside(profile: CpuProfile, other: CpuProfile): CpuProfile | null {
  const { startTimeUs, endTimeUs, sampleNodes, sampleTimesUs } = profile;
  const count = sampleTimesUs.length;
  if (startTimeUs < other.startTimeUs) {
    const end = firstNotBefore(sampleTimesUs, other.startTimeUs, 0, count);
    return {
      ...profile,
      endTimeUs: other.startTimeUs,
      sampleNodes: sampleNodes.subarray(0, end),
      sampleTimesUs: sampleTimesUs.subarray(0, end),
    };
  }
  if (endTimeUs <= other.endTimeUs) return null;
  const start = firstNotBefore(sampleTimesUs, other.endTimeUs, 0, count);
  return {
    ...profile,
    startTimeUs: other.endTimeUs,
    sampleNodes: sampleNodes.subarray(start),
    sampleTimesUs: sampleTimesUs.subarray(start),
  };
}
