import { US_PER_MS } from '../base/units.ts';
import { functionTotals } from '../profile/function-totals.ts';
import { groupTimeUs } from '../profile/group-time.ts';
import type { Frame } from '../profile/model.ts';
import { originOf } from '../profile/origin.ts';
import type { NamedFunction } from './function-pattern.ts';
import { type FileNames, fileOf, overlap, type SampledRun } from './profile-summary.ts';

/** Time that some functions were on the stack of any thread, ms, one value a run; waiting included. */
export function groupTimesMs(
  runs: readonly SampledRun[],
  names: FileNames,
  isMeant: (row: NamedFunction) => boolean,
): number[] {
  const meant = (frame: Frame): boolean => !names.isHarness(frame.url) && isMeant(namedBy(frame, names));
  return runs.map(({ threads, window }) => {
    const timesUs = threads.map(({ profile, life }) => groupTimeUs(profile, overlap(life, window), meant));
    return timesUs.reduce((sum, us) => sum + us, 0) / US_PER_MS;
  });
}

/** The part of all threads' sampled time, waiting for events left out, that is a package's own; one value a run. */
export function packageShares(runs: readonly SampledRun[], names: FileNames, wanted: string): number[] {
  return runs.map(({ threads, window }) => {
    let [ownUs, allUs] = [0, 0];
    for (const { profile, life } of threads) {
      const { functions } = functionTotals(profile, overlap(life, window), names.isHarness);
      for (const { frame, engine, selfUs } of functions) {
        if (frame.name === '(idle)' && engine) continue;
        allUs += selfUs;
        if (originOf({ ...namedBy(frame, names), engine }) === wanted) ownUs += selfUs;
      }
    }
    return allUs === 0 ? 0 : ownUs / allUs;
  });
}

function namedBy(frame: Frame, { sourceFrame, rootUrls }: FileNames) {
  const { name, url, ignored } = sourceFrame(frame);
  return { name, file: fileOf(url, rootUrls), ignored };
}
