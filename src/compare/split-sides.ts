import type { BenchPair } from './bench-report.ts';
import type { ProfileReport } from './profile-report.ts';
import type { RunParts } from './split-terms.ts';
import { type MainThread, type SerialShare, serialShareOf, waitingMs } from './waiting.ts';

/** The runs of one side that its part of a gain is worked out from. */
export interface SideRuns {
  readonly runs: readonly {
    readonly wallMs: number;
    readonly cpuMs: number;
    readonly mainThread: MainThread | null;
  }[];
  /** Of the machine. */
  readonly cores: number;
  /** null where it is not known how long the threads waited. */
  readonly serialShare: SerialShare | null;
}

/** @returns null where the CPU times are not known */
export function sideOfReport({ timing, sampling, environment }: ProfileReport): SideRuns | null {
  const { runsMs, cpuRunsMs, mainThreadRuns } = timing;
  if (cpuRunsMs.length !== runsMs.length) return null;
  const runs = runsMs.map((wallMs, run) => ({
    wallMs,
    cpuMs: cpuRunsMs[run] ?? 0,
    mainThread: mainThreadRuns?.[run] ?? null,
  }));
  return sideOf(runs, sampling, environment);
}

/** The same of a side's part of interleaved pairs; how its threads waited is known from the profile. */
export function sideOfPairs(
  pairs: readonly BenchPair[],
  side: 'before' | 'after',
  { sampling, environment }: ProfileReport,
): SideRuns {
  const runs = pairs.map((pair) =>
    side === 'before'
      ? { wallMs: pair.beforeMs, cpuMs: pair.beforeCpuMs, mainThread: pair.beforeMainThread ?? null }
      : { wallMs: pair.afterMs, cpuMs: pair.afterCpuMs, mainThread: pair.afterMainThread ?? null },
  );
  return sideOf(runs, sampling, environment);
}

function sideOf(
  runs: SideRuns['runs'],
  { workRuns }: ProfileReport['sampling'],
  environment: ProfileReport['environment'],
): SideRuns {
  const cores = Math.max(1, environment.cores);
  const isKnown =
    workRuns !== null && workRuns.length > 0 && runs.every(({ mainThread }) => mainThread !== null);
  return { runs, cores, serialShare: isKnown ? serialShareOf(workRuns, cores) : null };
}

/** The least time that the kernel's accounts can show. */
const RESOLUTION_MS = 0.001;

/**
 * What each run's time is made of.
 *
 * @param serialShare null: nothing is known of waiting, and the whole time counts as work
 */
export function runParts({ runs, cores }: SideRuns, serialShare: number | null): RunParts[] {
  return runs.map(({ wallMs, cpuMs: used, mainThread }) => {
    if (serialShare === null || mainThread === null) return { wallMs, cpuMs: used, waitingMs: 0 };
    const cpuMs = Math.max(used, Math.min(RESOLUTION_MS, wallMs));
    const times = { wallMs, cpuMs, mainCpuMs: mainThread.cpuMs };
    return { wallMs, cpuMs, waitingMs: waitingMs(times, { serialShare, cores }) };
  });
}

/** The part of a side's waiting that its main thread spent in the queue for a CPU, 0 to 1; null where it is not known. */
export function queuedPart(side: SideRuns, serialShare: number | null): number | null {
  if (serialShare === null) return null;
  let [queuedMs, waitedMs] = [0, 0];
  for (const [run, { waitingMs: waited }] of runParts(side, serialShare).entries()) {
    const queued = side.runs[run]?.mainThread?.runQueueMs ?? null;
    if (queued === null) return null;
    queuedMs += queued;
    waitedMs += waited;
  }
  return waitedMs > 0 ? Math.min(1, queuedMs / waitedMs) : 0;
}
