import { mergeCounts } from '../profile/function-rows.ts';
import type { FunctionCount } from '../profile/model.ts';
import { type CountedFunction, countKey, withMoreRuns } from './call-counts.ts';
import { type FileNames, fileOf } from './profile-summary.ts';

/** The exact calls of one run's threads, functions named as in reports; those of one file and name are one. */
export function countedFunctions(
  threads: readonly (readonly FunctionCount[])[],
  { isHarness, sourceFrame, rootUrls }: FileNames,
): CountedFunction[] {
  const byKey = new Map<string, CountedFunction>();
  for (const { calls, ...place } of mergeCounts(threads)) {
    if (isHarness(place.url)) continue;
    const { name, url, line } = sourceFrame(place);
    const row = { name, file: fileOf(url, rootUrls), line };
    const known = byKey.get(countKey(row));
    byKey.set(countKey(row), { ...(known ?? row), calls: [calls + (known?.calls[0] ?? 0)] });
  }
  return [...byKey.values()];
}

/** Several runs of one tree. */
export function countedRuns(
  runs: readonly (readonly (readonly FunctionCount[])[])[],
  names: FileNames,
): CountedFunction[] {
  return runs
    .map((threads) => countedFunctions(threads, names))
    .reduce((all, run) => (all.length === 0 ? run : withMoreRuns(all, run)), []);
}
