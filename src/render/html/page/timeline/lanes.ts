import type { ThreadAccount } from '../../../../compare/timeline.ts';
import type { PageFrame, PageThread } from '../../model.ts';
import { emptyShares, resampled, type Shares, type Slices, sampledShares, toldShares } from './shares.ts';

/** What a thread can be told to have done; drawn from the bottom in this order. */
export const ACTIVITIES = ['working', 'collecting', 'queued', 'waiting', 'idle'] as const;
export type Activity = (typeof ACTIVITIES)[number];

export const ACTIVITY_TITLES = {
  working: 'at work',
  collecting: 'collecting garbage',
  queued: 'ready, but without a core',
  waiting: 'waiting within a function',
  idle: 'idle, waiting for events',
} satisfies Record<Activity, string>;

/** One thread's time in slices; the parts of a slice that it lived through add up to at most 1. */
export interface Lane {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Whether the kernel tells waiting and queueing from work. Without it, waiting within a function counts as work. */
  readonly kernel: boolean;
  readonly parts: Readonly<Record<Activity, Float64Array>>;
}

export interface LaneSource {
  readonly account: ThreadAccount;
  /** null where the recording is gone. */
  readonly thread: PageThread | null;
  readonly frames: readonly PageFrame[];
  readonly runMs: number;
}

/**
 * A thread's time, told from its samples and, where it kept them, the kernel's accounts.
 *
 * The samples say when a thread was idle; the kernel, in the coarser slices of the report, which part of the rest it
 * spent on a CPU, and in the queue for one. That part is taken to be the same all through a slice of the report.
 */
export function laneOf({ account, thread, frames, runMs }: LaneSource, slices: Slices): Lane {
  const { name, story } = account;
  const [startMs, endMs] = [thread?.startMs ?? account.startMs, thread?.endMs ?? account.endMs];
  const seen =
    thread !== null
      ? sampledShares(thread, frames, slices)
      : story === null
        ? emptyShares(slices.count)
        : toldShares(story, { runMs, slices });
  const life = { name, startMs, endMs };
  const { onCpu, ready } = story ?? { onCpu: null, ready: null };
  if (onCpu === null || onCpu.length === 0) {
    const none = new Float64Array(slices.count);
    const { running, collecting, idle } = seen;
    return {
      ...life,
      kernel: false,
      parts: { working: running, collecting, idle, queued: none, waiting: none },
    };
  }
  const told = { onCpu, ready: ready ?? onCpu };
  return { ...life, kernel: true, parts: split(seen, { told, runMs, slices, startMs, endMs }) };
}

interface Told {
  readonly told: { readonly onCpu: readonly number[]; readonly ready: readonly number[] };
  readonly runMs: number;
  readonly slices: Slices;
  readonly startMs: number;
  readonly endMs: number;
}

function split(seen: Shares, { told, runMs, slices, startMs, endMs }: Told): Lane['parts'] {
  const { count, spanMs } = slices;
  const alive = lifeShares(slices, startMs, endMs);
  // What was not sampled was not idle either: a thread that starts, or whose samples were lost.
  const busy = alive.map((part, slice) => Math.max(0, part - (seen.idle[slice] ?? 0)));
  const coarse = told.onCpu.length;
  const coarseSlices = { spanMs: runMs, count: coarse };
  const busyTold = resampled([...busy], spanMs, coarseSlices);
  const ratioOf = (share: readonly number[]) =>
    share.map((part, slice) => Math.min(1, part / Math.max(busyTold[slice] ?? 0, 1e-9)));
  const [onCpu, ready] = [ratioOf(told.onCpu), ratioOf(told.ready)];
  const parts = {
    working: new Float64Array(count),
    collecting: new Float64Array(count),
    queued: new Float64Array(count),
    waiting: new Float64Array(count),
    idle: seen.idle.map((part, slice) => Math.min(part, alive[slice] ?? 0)),
  };
  for (let slice = 0; slice < count; slice += 1) {
    const middleMs = ((slice + 0.5) * spanMs) / count;
    const at = Math.min(coarse - 1, Math.floor((middleMs / runMs) * coarse));
    const part = busy[slice] ?? 0;
    const cpu = part * (onCpu[at] ?? 0);
    const queued = Math.max(0, part * (ready[at] ?? 0) - cpu);
    const collecting = Math.min(seen.collecting[slice] ?? 0, cpu);
    parts.working[slice] = cpu - collecting;
    parts.collecting[slice] = collecting;
    parts.queued[slice] = queued;
    parts.waiting[slice] = Math.max(0, part - cpu - queued);
  }
  return parts;
}

/** Which part of each slice lies within a thread's life. */
function lifeShares({ spanMs, count }: Slices, startMs: number, endMs: number): Float64Array {
  const sliceMs = spanMs / count;
  return Float64Array.from({ length: count }, (_, slice) => {
    const part = Math.min(endMs, (slice + 1) * sliceMs) - Math.max(startMs, slice * sliceMs);
    return sliceMs > 0 ? Math.max(0, part) / sliceMs : 0;
  });
}
