import type { ThreadAccount } from '../../../../compare/timeline.ts';
import type { PageFrame, PageThread } from '../../model.ts';
import { coveredShares, emptyShares, type Shares, type Slices, sampledShares, toldShares } from './shares.ts';

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
 * Tells a thread's time in whatever slices, from its samples and, where it kept them, the kernel's accounts.
 *
 * The samples say when a thread was idle; the kernel, in the coarser slices of the report, which part of the rest it
 * spent on a CPU, and in the queue for one. That part is taken to be the same all through a slice of the report.
 */
export function laneMaker(source: LaneSource): (slices: Slices) => Lane {
  const { account, thread } = source;
  const [startMs, endMs] = [thread?.startMs ?? account.startMs, thread?.endMs ?? account.endMs];
  const life = { name: account.name, startMs, endMs };
  const kernel = kernelParts(source, life);
  return (slices) => {
    const seen = seenIn(source, slices);
    if (kernel !== null) return { ...life, kernel: true, parts: told(seen, { kernel, life, slices }) };
    const { running: working, collecting, idle } = seen;
    const none = new Float64Array(slices.count);
    return { ...life, kernel: false, parts: { working, collecting, idle, queued: none, waiting: none } };
  };
}

type Life = Pick<Lane, 'startMs' | 'endMs'>;

function seenIn({ account, thread, frames, runMs }: LaneSource, slices: Slices): Shares {
  if (thread !== null) return sampledShares(thread, frames, slices);
  return account.story === null ? emptyShares(slices.count) : toldShares(account.story, { runMs, slices });
}

/** Of what was not idle in each of the report's slices, the part on a CPU and the part ready for one. */
interface KernelParts {
  readonly onCpu: readonly number[];
  readonly ready: readonly number[];
  readonly runMs: number;
}

function kernelParts(source: LaneSource, life: Life): KernelParts | null {
  const { runMs } = source;
  const { onCpu, ready } = source.account.story ?? { onCpu: null, ready: null };
  if (onCpu === null || onCpu.length === 0) return null;
  const slices = { startMs: 0, endMs: runMs, count: onCpu.length };
  const busy = busyIn(seenIn(source, slices), life, slices);
  const ofBusy = (share: number, slice: number) => Math.min(1, share / Math.max(busy[slice] ?? 0, 1e-9));
  return { onCpu: onCpu.map(ofBusy), ready: (ready ?? onCpu).map(ofBusy), runMs };
}

/** What was not sampled was not idle either: a thread that starts, or whose samples were lost. */
function busyIn({ idle }: Shares, { startMs, endMs }: Life, slices: Slices): Float64Array {
  return coveredShares(startMs, endMs, slices).map((part, slice) => Math.max(0, part - (idle[slice] ?? 0)));
}

function told(
  seen: Shares,
  { kernel, life, slices }: { readonly kernel: KernelParts; readonly life: Life; readonly slices: Slices },
): Lane['parts'] {
  const { count, startMs, endMs } = slices;
  const busy = busyIn(seen, life, slices);
  const column = () => new Float64Array(count);
  const parts = {
    working: column(),
    collecting: column(),
    queued: column(),
    waiting: column(),
    idle: seen.idle,
  };
  const coarse = kernel.onCpu.length;
  for (let slice = 0; slice < count; slice += 1) {
    const middleMs = startMs + ((slice + 0.5) * (endMs - startMs)) / count;
    const at = Math.min(coarse - 1, Math.floor((middleMs / kernel.runMs) * coarse));
    const part = busy[slice] ?? 0;
    const cpu = part * (kernel.onCpu[at] ?? 0);
    const queued = Math.max(0, part * (kernel.ready[at] ?? 0) - cpu);
    const collecting = Math.min(seen.collecting[slice] ?? 0, cpu);
    parts.working[slice] = cpu - collecting;
    parts.collecting[slice] = collecting;
    parts.queued[slice] = queued;
    parts.waiting[slice] = Math.max(0, part - cpu - queued);
  }
  return parts;
}
