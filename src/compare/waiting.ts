import { US_PER_MS } from '../base/units.ts';
import { onCpu, type ThreadActivity, usedShares } from '../profile/activity.ts';
import type { Window } from '../profile/model.ts';
import { isHelper } from './helper-threads.ts';

/** Of the main thread during one run; the rest of the time it waited. */
export interface MainThread {
  readonly cpuMs: number;
  /** In the queue for a CPU, which is waiting too; null where the system does not tell. */
  readonly runQueueMs: number | null;
}

/** How the work of one sampling run lay in time, from the looks at its threads. */
export interface WorkTime {
  /** Of all threads, and of processes that the job started. */
  readonly cpuMs: number;
  readonly mainCpuMs: number;
  /** In which at least one thread was on a CPU: an estimate, and the bounds that the looks allow. */
  readonly busyMs: number;
  readonly lowBusyMs: number;
  readonly highBusyMs: number;
}

/** What is measured of one run. */
export interface RunTimes {
  readonly wallMs: number;
  /** Of all threads, and of processes that it started. */
  readonly cpuMs: number;
  readonly mainCpuMs: number;
}

/** A sampling run, and what the kernel said of each of its threads. */
export interface LookedAt {
  readonly window: Window;
  /** Those that run JavaScript, main first. */
  readonly threads: readonly { readonly tid: number | null }[];
  /** null where the system has no such accounts. */
  readonly activity: readonly ThreadActivity[] | null;
  /** CPU time of processes that it started. */
  readonly startedCpuMs?: number;
}

const SLICE_US = 10_000;
const MOST_SLICES = 600;

/**
 * Within a slice of 10 ms (longer in long runs) the looks say how long each thread was on a CPU, not when: the estimate
 * takes the threads as independent, the bounds are those of Fréchet.
 *
 * @returns null where the system has no such looks
 */
export function workTimeOf(run: LookedAt): WorkTime | null {
  const { activity, threads, window, startedCpuMs = 0 } = run;
  const main = activity?.find(({ tid }) => tid === threads[0]?.tid);
  if (activity === null || main === undefined) return null;
  const windowMs = (window.endUs - window.startUs) / US_PER_MS;
  const slices = Math.min(MOST_SLICES, Math.max(1, Math.ceil((windowMs * US_PER_MS) / SLICE_US)));
  const sharesOf = (one: ThreadActivity) => usedShares(one, onCpu, { window, slices });
  const tids = new Set(threads.map(({ tid }) => tid));
  const others = activity.filter((one) => one !== main && (tids.has(one.tid) || isHelper(one.name)));
  const shares = [main, ...others].map(sharesOf);
  const sum = { cpu: 0, main: 0, busy: 0, low: 0, high: 0 };
  for (let slice = 0; slice < slices; slice += 1) {
    const busy = shares.map((one) => one[slice] ?? 0);
    const all = busy.reduce((total, share) => total + share, 0);
    sum.cpu += all;
    sum.main += busy[0] ?? 0;
    sum.busy += 1 - busy.reduce((idle, share) => idle * (1 - share), 1);
    sum.low += Math.max(...busy);
    sum.high += Math.min(1, all);
  }
  const sliceMs = windowMs / slices;
  // Processes that the job started count as work of their own, one after the other, as far as there is time for it.
  const started = (part: number) => Math.min(windowMs, part * sliceMs + startedCpuMs);
  return {
    cpuMs: sum.cpu * sliceMs + startedCpuMs,
    mainCpuMs: sum.main * sliceMs,
    busyMs: started(sum.busy),
    lowBusyMs: started(sum.low),
    highBusyMs: started(sum.high),
  };
}

/**
 * How far work is from being spread over all cores, with C its CPU time: it takes no longer than C, and no less than C
 * spread over all cores, or than the main thread's part of it. For a job of one thread the two are nearly equal.
 */
function busyRange({ wallMs, cpuMs, mainCpuMs }: RunTimes, cores: number) {
  const most = Math.min(wallMs, cpuMs);
  return { least: Math.min(most, Math.max(mainCpuMs, cpuMs / cores)), most };
}

/** Where in its range the time of work lies: 0 is spread over all cores, 1 one thread after the other. */
export interface SerialShare {
  readonly point: number;
  readonly low: number;
  readonly high: number;
}

/** That of several sampling runs, at least one: the middle one, and bounds that hold all of theirs. */
export function serialShareOf(runs: readonly WorkTime[], cores: number): SerialShare {
  const shares = runs.map((work) => {
    const { least, most } = busyRange({ wallMs: Number.POSITIVE_INFINITY, ...work }, cores);
    const at = (busyMs: number, unknown: number) =>
      most > least ? Math.min(1, Math.max(0, (busyMs - least) / (most - least))) : unknown;
    return { point: at(work.busyMs, 0.5), low: at(work.lowBusyMs, 0), high: at(work.highBusyMs, 1) };
  });
  const points = shares.map(({ point }) => point).toSorted((a, b) => a - b);
  return {
    point: points[Math.floor((points.length - 1) / 2)] ?? 0.5,
    low: Math.min(...shares.map(({ low }) => low)),
    high: Math.max(...shares.map(({ high }) => high)),
  };
}

/**
 * How long no thread of a run was on a CPU.
 *
 * @param serialShare as the sampling runs show it: how work spreads is the job's, how long it waits each run's own
 * @returns ms, from 0 to `wallMs`
 */
export function waitingMs(
  run: RunTimes,
  { serialShare, cores }: { readonly serialShare: number; readonly cores: number },
): number {
  const { least, most } = busyRange(run, cores);
  return Math.max(0, run.wallMs - least - serialShare * (most - least));
}
