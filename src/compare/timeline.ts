import { meanOf } from '../stats/mean.ts';
import type { ProfileReport, ReportThread } from './profile-report.ts';

/** How one thread spent the run, in figures that a sentence can be made of. */
export interface ThreadAccount {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** From its start to its first useful sample; null where there is none, and for the main thread. */
  readonly startUpMs: number | null;
  readonly cpuMs: number | null;
  readonly waitingMs: number | null;
  /** Which threads worked while this one waited, and in what part of its waiting; the largest part first. */
  readonly waitedFor: readonly { readonly name: string; readonly share: number }[];
  /** The part of its life after its last slice of work. */
  readonly idleAtEndMs: number;
  readonly story: ReportThread['story'];
}

export interface Timeline {
  readonly wallMs: number;
  readonly threads: readonly ThreadAccount[];
  /** Which thread the end of the run waited for, from the start on; slices of the run, joined. */
  readonly criticalPath: readonly {
    readonly name: string;
    readonly startMs: number;
    readonly endMs: number;
  }[];
  /** The busiest worker's CPU time over the workers' mean: 1 is even. null with fewer than two, or none known. */
  readonly imbalance: number | null;
  readonly helpers: ProfileReport['helpers'];
}

/** What a timeline is read from. */
export interface Recorded {
  readonly threads: readonly ReportThread[];
  readonly sampling: { readonly wallRunsMs: readonly number[]; readonly medianRun: number };
  readonly helpers: ProfileReport['helpers'];
}

/** From here on a thread counts as at work in a slice. */
const AT_WORK = 0.5;

/** What the threads of the median sampling run did, and what they waited for. */
export function timelineOf({ threads, sampling, helpers }: Recorded): Timeline {
  const wallMs = sampling.wallRunsMs[sampling.medianRun] ?? 0;
  const busy = threads.map(busySlices);
  const workers = threads.slice(1).flatMap(({ cpuMs }) => (cpuMs === null ? [] : [cpuMs]));
  const mean = meanOf(workers);
  return {
    wallMs,
    threads: threads.map((thread, index) => account(thread, { index, threads, busy, wallMs })),
    criticalPath: criticalPath(threads, busy, wallMs),
    imbalance: workers.length < 2 || mean === 0 ? null : Math.max(...workers) / mean,
    helpers,
  };
}

/** Whether a thread worked, or would have, had there been a core for it: by the kernel, else by what was sampled. */
function busySlices({ story }: ReportThread): boolean[] {
  if (story === null) return [];
  return (story.ready ?? story.running.map((part, slice) => part + (story.collecting[slice] ?? 0))).map(
    (part) => part >= AT_WORK,
  );
}

interface Surroundings {
  readonly index: number;
  readonly threads: readonly ReportThread[];
  readonly busy: readonly (readonly boolean[])[];
  readonly wallMs: number;
}

function account(thread: ReportThread, { index, threads, busy, wallMs }: Surroundings): ThreadAccount {
  const own = busy[index] ?? [];
  const sliceMs = own.length === 0 ? 0 : wallMs / own.length;
  const endMs = thread.startMs + thread.wallMs;
  const alive = (slice: number) => slice * sliceMs >= thread.startMs && (slice + 1) * sliceMs <= endMs;
  const waiting = own.flatMap((works, slice) => (!works && alive(slice) ? [slice] : []));
  const lastWork = own.lastIndexOf(true);
  return {
    name: thread.name,
    startMs: thread.startMs,
    endMs,
    startUpMs: index === 0 || thread.usefulMs === null ? null : thread.usefulMs - thread.startMs,
    cpuMs: thread.cpuMs,
    waitingMs: thread.waitingMs,
    waitedFor: threads
      .map(({ name }, other) => ({
        name,
        share: waiting.filter((slice) => busy[other]?.[slice] === true).length / (waiting.length || 1),
      }))
      .filter(({ share }, other) => other !== index && share > 0)
      .sort((a, b) => b.share - a.share),
    idleAtEndMs:
      own.length === 0 ? 0 : Math.max(0, endMs - Math.max(thread.startMs, (lastWork + 1) * sliceMs)),
    story: thread.story,
  };
}

/**
 * From the end back: the main thread while it works; while it waits, the worker that is at work then and is the last to
 * stop, until that one has begun.
 */
function criticalPath(
  threads: readonly ReportThread[],
  busy: readonly (readonly boolean[])[],
  wallMs: number,
): Timeline['criticalPath'] {
  const slices = busy[0]?.length ?? 0;
  const sliceMs = slices === 0 ? 0 : wallMs / slices;
  const path: { name: string; startMs: number; endMs: number }[] = [];
  let current = 0;
  for (let slice = slices - 1; slice >= 0; slice -= 1) {
    const startMs = slice * sliceMs;
    const alive = (thread: number) => startMs + sliceMs > (threads[thread]?.startMs ?? 0);
    if (busy[0]?.[slice] === true || !alive(current)) current = 0;
    if (current === 0 && busy[0]?.[slice] !== true) current = workingAt(slice, busy, alive) ?? 0;
    const name = threads[current]?.name ?? '';
    const last = path[0];
    if (last?.name === name) path[0] = { ...last, startMs };
    else path.unshift({ name, startMs, endMs: (slice + 1) * sliceMs });
  }
  return path;
}

/** The worker at work in a slice; of several the one that had come furthest without a pause, since it ends the wait. */
function workingAt(
  slice: number,
  busy: readonly (readonly boolean[])[],
  alive: (thread: number) => boolean,
): number | null {
  let longest: { thread: number; slices: number } | null = null;
  for (const [thread, slices] of busy.entries()) {
    if (thread === 0 || slices[slice] !== true || !alive(thread)) continue;
    let from = slice;
    while (from > 0 && slices[from - 1] === true) from -= 1;
    if (longest === null || slice - from > longest.slices) longest = { thread, slices: slice - from };
  }
  return longest?.thread ?? null;
}
