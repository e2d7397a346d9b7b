import type { ThreadAccount } from '../../../../compare/timeline.ts';
import type { PageFrame, PageThread } from '../../model.ts';

/** Equal slices of a span from the run's start on. */
export interface Slices {
  readonly spanMs: number;
  readonly count: number;
}

/** The part of each slice that a thread was seen to spend so, 0 to 1. */
export interface Shares {
  /** In JavaScript, or in what it called, waiting within it included. */
  readonly running: Float64Array;
  readonly idle: Float64Array;
  readonly collecting: Float64Array;
}

type Kind = keyof Shares;

/** From the samples: each lasts until the next. */
export function sampledShares(
  thread: PageThread,
  frames: readonly PageFrame[],
  { spanMs, count }: Slices,
): Shares {
  const shares = emptyShares(count);
  const kinds = frames.map(kindOf);
  const { sampleNodes, sampleStartMs, lastSampleEndMs, nodeFrames } = thread;
  const sliceMs = spanMs / count;
  for (let sample = 0; sample < sampleNodes.length; sample += 1) {
    const kind = kinds[nodeFrames[sampleNodes[sample] ?? 0] ?? -1];
    const fromMs = sampleStartMs[sample] ?? 0;
    const untilMs = sampleStartMs[sample + 1] ?? lastSampleEndMs;
    if (kind !== null && kind !== undefined) addSpan(shares[kind], { fromMs, untilMs, sliceMs });
  }
  return shares;
}

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly sliceMs: number;
}

function addSpan(parts: Float64Array, { fromMs, untilMs, sliceMs }: Span, weight = 1): void {
  if (!(sliceMs > 0)) return;
  for (let slice = Math.max(0, Math.floor(fromMs / sliceMs)); slice < parts.length; slice += 1) {
    if (slice * sliceMs >= untilMs) return;
    const partMs = Math.min(untilMs, (slice + 1) * sliceMs) - Math.max(fromMs, slice * sliceMs);
    parts[slice] = (parts[slice] ?? 0) + (weight * Math.max(0, partMs)) / sliceMs;
  }
}

/** From a report that tells of a run in slices of its own, where there is no recording. */
export function toldShares(
  story: NonNullable<ThreadAccount['story']>,
  { runMs, slices }: { readonly runMs: number; readonly slices: Slices },
): Shares {
  const kind = (told: readonly number[]) => resampled(told, runMs, slices);
  return { running: kind(story.running), idle: kind(story.idle), collecting: kind(story.collecting) };
}

/** Shares of slices of a run as those of other slices; 0 behind the run. */
export function resampled(told: readonly number[], runMs: number, { spanMs, count }: Slices): Float64Array {
  const parts = new Float64Array(count);
  const toldMs = runMs / (told.length || 1);
  for (const [slice, share] of told.entries()) {
    const span = { fromMs: slice * toldMs, untilMs: (slice + 1) * toldMs, sliceMs: spanMs / count };
    addSpan(parts, span, share);
  }
  return parts;
}

export function emptyShares(count: number): Shares {
  return {
    running: new Float64Array(count),
    idle: new Float64Array(count),
    collecting: new Float64Array(count),
  };
}

/** What a thread does while a frame is at the tip of its stack; null for what tells nothing. */
export function kindOf({ name, engine }: PageFrame): Kind | null {
  if (!engine) return 'running';
  if (name === '(idle)') return 'idle';
  if (name === '(garbage collector)') return 'collecting';
  return name === '(root)' ? null : 'running';
}
