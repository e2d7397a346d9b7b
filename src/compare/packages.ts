import { originOf } from '../profile/origin.ts';
import type { Estimate } from '../stats/estimate.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import type { ReportFunction } from './profile-report.ts';

/** What one origin of code costs on each side, sampled self time of all threads. */
export interface PackageDifference {
  readonly name: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  /** Of all sampled time of its side. */
  readonly beforeShare: number;
  readonly afterShare: number;
  /** From all sampling runs; `confidenceLevel` 0 where there is one a side. */
  readonly deltaMs: Estimate;
}

interface Sampled {
  readonly functions: readonly ReportFunction[];
  readonly sampling: { readonly sampledMs: number; readonly wallRunsMs: readonly number[] };
}

/** By origin, the largest cost on either side first. */
export function packageDifferences(before: Sampled, after: Sampled): PackageDifference[] {
  const [olds, news] = [runsByPackage(before), runsByPackage(after)];
  const zeros = ({ sampling }: Sampled) => sampling.wallRunsMs.map(() => 0);
  const differences = [...new Set([...olds.keys(), ...news.keys()])].map((name): PackageDifference => {
    const [old, now] = [olds.get(name), news.get(name)];
    return {
      name,
      beforeMs: old?.selfMs ?? 0,
      afterMs: now?.selfMs ?? 0,
      beforeShare: (old?.selfMs ?? 0) / (before.sampling.sampledMs || 1),
      afterShare: (now?.selfMs ?? 0) / (after.sampling.sampledMs || 1),
      deltaMs: hodgesLehmannShift({
        before: old?.runsMs ?? zeros(before),
        after: now?.runsMs ?? zeros(after),
      }),
    };
  });
  return differences.sort((a, b) => Math.max(b.beforeMs, b.afterMs) - Math.max(a.beforeMs, a.afterMs));
}

function runsByPackage({ functions, sampling }: Sampled) {
  const sums = new Map<string, { selfMs: number; runsMs: number[] }>();
  for (const row of functions) {
    const name = originOf(row);
    const sum = sums.get(name) ?? { selfMs: 0, runsMs: sampling.wallRunsMs.map(() => 0) };
    sums.set(name, sum);
    sum.selfMs += row.selfMs;
    for (const [run, ms] of row.selfRunsMs.entries()) sum.runsMs[run] = (sum.runsMs[run] ?? 0) + ms;
  }
  return sums;
}
