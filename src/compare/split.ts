import type { Estimate } from '../stats/estimate.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import { hodgesLehmannPaired } from '../stats/signed-rank.ts';
import type { BenchPair } from './bench-report.ts';
import type { ProfileReport } from './profile-report.ts';

/** One of the two factors of a gain. */
export interface SplitPart {
  /** ln of its factor in Told/Tnew. */
  readonly log: Estimate;
  /** Its share of Told − Tnew, ms; the shares sum to the difference. */
  readonly savedMs: Estimate;
}

/**
 * A gain as two factors without a remainder: with C the CPU time of all threads and P = C/T,
 * ln(Told/Tnew) = ln(Cold/Cnew) + ln(Pnew/Pold).
 */
export interface Split {
  readonly savedMs: number;
  readonly lessWork: SplitPart;
  readonly moreCores: SplitPart;
  readonly parallelism: { readonly before: number; readonly after: number };
}

/** What is measured of each side, and the gain that the parts must make up. */
export interface SplitQuestion {
  readonly before: ProfileReport;
  readonly after: ProfileReport;
  readonly gainRatio: Estimate;
  /** Interleaved pairs; without them the reports' own runs are compared. */
  readonly pairs: readonly BenchPair[] | null;
}

/**
 * Milliseconds follow the logs by way of the logarithmic mean L = (Told − Tnew) / ln(Told/Tnew), which leaves no
 * remainder (the additive LMDI decomposition: Ang 2004, Energy Policy 32, 1131–1139).
 *
 * @returns null where the CPU time of a side is too little to be measured
 */
export function splitOf({ before, after, gainRatio, pairs }: SplitQuestion): Split | null {
  const logs = pairs === null ? unpairedLogs(before, after) : pairedLogs(pairs);
  if (logs === null) return null;
  const total = -Math.log1p(-gainRatio.point);
  // Medians do not add up as means do: what is left over goes to where the uncertainty is.
  const rest = total - logs.lessWork.point - logs.moreCores.point;
  const [workWidth, coresWidth] = [widthOf(logs.lessWork), widthOf(logs.moreCores)];
  const workShare = workWidth + coresWidth > 0 ? workWidth / (workWidth + coresWidth) : 0.5;
  const oldMs = before.timing.wallMs.point;
  const savedMs = oldMs * gainRatio.point;
  const meanMs = total === 0 ? oldMs : savedMs / total;
  const part = (log: Estimate, extra: number): SplitPart => {
    const moved = { ...log, point: log.point + extra };
    return { log: moved, savedMs: scaled(moved, meanMs) };
  };
  const parallelism = ({ timing }: ProfileReport) => timing.cpuMs.point / timing.wallMs.point;
  return {
    savedMs,
    lessWork: part(logs.lessWork, rest * workShare),
    moreCores: part(logs.moreCores, rest * (1 - workShare)),
    parallelism: { before: parallelism(before), after: parallelism(after) },
  };
}

interface Logs {
  readonly lessWork: Estimate;
  readonly moreCores: Estimate;
}

function pairedLogs(pairs: readonly BenchPair[]): Logs | null {
  if (pairs.some(({ beforeCpuMs, afterCpuMs }) => beforeCpuMs <= 0 || afterCpuMs <= 0)) return null;
  const work = pairs.map(({ beforeCpuMs, afterCpuMs }) => Math.log(beforeCpuMs / afterCpuMs));
  const cores = pairs.map(
    ({ beforeMs, afterMs }, index) => Math.log(beforeMs / afterMs) - (work[index] ?? 0),
  );
  return { lessWork: hodgesLehmannPaired(work), moreCores: hodgesLehmannPaired(cores) };
}

function unpairedLogs(before: ProfileReport, after: ProfileReport): Logs | null {
  const cpu = ({ timing }: ProfileReport) => timing.cpuRunsMs;
  const known = ({ timing }: ProfileReport) =>
    timing.cpuRunsMs.length === timing.runsMs.length && timing.cpuRunsMs.every((ms) => ms > 0);
  if (!known(before) || !known(after)) return null;
  const parallelism = ({ timing }: ProfileReport) =>
    timing.cpuRunsMs.map((ms, run) => Math.log(ms / (timing.runsMs[run] ?? Number.NaN)));
  return {
    // What is saved is before − after.
    lessWork: hodgesLehmannShift({ before: cpu(after).map(Math.log), after: cpu(before).map(Math.log) }),
    moreCores: hodgesLehmannShift({ before: parallelism(before), after: parallelism(after) }),
  };
}

function widthOf({ low, high }: Estimate): number {
  return high - low;
}

function scaled({ point, low, high, confidenceLevel }: Estimate, factor: number): Estimate {
  return { point: point * factor, low: low * factor, high: high * factor, confidenceLevel };
}
