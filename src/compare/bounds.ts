import type { ProfileReport, ReportFunction } from './profile-report.ts';

/** The least that a run could take if one thing were for nothing: a bound, not a promise. */
export interface Bound {
  readonly kind: 'perfect parallelism' | 'no start-up' | 'free function';
  /** Of the function, with its file and line. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly boundMs: number;
  /** Of the time that it takes now. */
  readonly gainRatio: number;
}

const FREE_FUNCTIONS = 5;

/**
 * What is left to be won in a run.
 *
 * Perfect parallelism: the same CPU time on all cores, T ≥ C / cores. No start-up: no run can be shorter by more than
 * the longest time from a worker's start to its first useful sample. A free function (Amdahl 1967): no run can be shorter
 * by more than the function's self time over all threads, taken in the measure of the unprofiled time.
 */
export function boundsOf(report: ProfileReport): Bound[] {
  const { timing, environment, threads, sampling } = report;
  const nowMs = timing.wallMs.point;
  const startUps = threads
    .slice(1)
    .flatMap(({ startMs, usefulMs }) => (usefulMs === null ? [] : [usefulMs - startMs]));
  const saved = Math.max(0, ...startUps) * scaleOf(sampling, nowMs);
  return [
    boundAt('perfect parallelism', { boundMs: timing.cpuMs.point / environment.cores, nowMs }),
    ...(startUps.length === 0 ? [] : [boundAt('no start-up', { boundMs: nowMs - saved, nowMs })]),
    ...freeFunctionBounds(report, nowMs),
  ];
}

/** The largest functions of the job, each for nothing. */
export function freeFunctionBounds(
  { functions, sampling }: { readonly functions: readonly ReportFunction[]; readonly sampling: Sampling },
  nowMs: number,
): Bound[] {
  const scale = scaleOf(sampling, nowMs);
  return functions
    .filter(({ engine, file, selfMs }) => !engine && file !== '' && selfMs > 0)
    .toSorted((a, b) => b.selfMs - a.selfMs)
    .slice(0, FREE_FUNCTIONS)
    .map(({ name, file, line, selfMs }) => ({
      ...boundAt('free function', { boundMs: nowMs - selfMs * scale, nowMs }),
      ...{ name, file, line },
    }));
}

type Sampling = Pick<ProfileReport['sampling'], 'wallRunsMs' | 'medianRun'>;

/** Sampled time in the measure of the unprofiled time. */
function scaleOf({ wallRunsMs, medianRun }: Sampling, nowMs: number): number {
  const sampledWallMs = wallRunsMs[medianRun] ?? 0;
  return sampledWallMs > 0 ? nowMs / sampledWallMs : 1;
}

function boundAt(
  kind: Bound['kind'],
  { boundMs, nowMs }: { readonly boundMs: number; readonly nowMs: number },
): Bound {
  const left = Math.min(nowMs, Math.max(0, boundMs));
  return {
    kind,
    name: '',
    file: '',
    line: 0,
    boundMs: left,
    gainRatio: nowMs > 0 ? (nowMs - left) / nowMs : 0,
  };
}
