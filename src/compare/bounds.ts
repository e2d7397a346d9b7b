import type { ProfileReport } from './profile-report.ts';

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
export function boundsOf({ timing, environment, threads, functions, sampling }: ProfileReport): Bound[] {
  const nowMs = timing.wallMs.point;
  const bound = (kind: Bound['kind'], boundMs: number, place = { name: '', file: '', line: 0 }): Bound => {
    const left = Math.min(nowMs, Math.max(0, boundMs));
    return { kind, ...place, boundMs: left, gainRatio: nowMs > 0 ? (nowMs - left) / nowMs : 0 };
  };
  const startUps = threads
    .slice(1)
    .flatMap(({ startMs, usefulMs }) => (usefulMs === null ? [] : [usefulMs - startMs]));
  const sampledWallMs = sampling.wallRunsMs[sampling.medianRun] ?? 0;
  const scale = sampledWallMs > 0 ? nowMs / sampledWallMs : 1;
  const largest = functions
    .filter(({ engine, file, selfMs }) => !engine && file !== '' && selfMs > 0)
    .toSorted((a, b) => b.selfMs - a.selfMs)
    .slice(0, FREE_FUNCTIONS);
  return [
    bound('perfect parallelism', timing.cpuMs.point / environment.cores),
    ...(startUps.length === 0 ? [] : [bound('no start-up', nowMs - Math.max(...startUps) * scale)]),
    ...largest.map(({ name, file, line, selfMs }) =>
      bound('free function', nowMs - selfMs * scale, { name, file, line }),
    ),
  ];
}
