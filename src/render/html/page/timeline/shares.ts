import type { ThreadAccount } from '../../../../compare/timeline.ts';
import type { PageFrame, PageThread } from '../../model.ts';
import { firstUntil } from '../../self-times.ts';

/** A part of a run, from its start on, in equal slices. */
export interface Slices {
  readonly startMs: number;
  readonly endMs: number;
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
export function sampledShares(thread: PageThread, frames: readonly PageFrame[], slices: Slices): Shares {
  const shares = emptyShares(slices.count);
  const kinds = frames.map(kindOf);
  const { sampleNodes, sampleStartMs, lastSampleEndMs, nodeFrames } = thread;
  for (let sample = firstUntil(sampleStartMs, slices.startMs); sample < sampleNodes.length; sample += 1) {
    const fromMs = sampleStartMs[sample] ?? 0;
    if (fromMs >= slices.endMs) break;
    const kind = kinds[nodeFrames[sampleNodes[sample] ?? 0] ?? -1];
    const untilMs = sampleStartMs[sample + 1] ?? lastSampleEndMs;
    if (kind !== null && kind !== undefined) addSpan(shares[kind], { fromMs, untilMs, weight: 1 }, slices);
  }
  return shares;
}

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly weight: number;
}

function addSpan(parts: Float64Array, { fromMs, untilMs, weight }: Span, slices: Slices): void {
  const sliceMs = (slices.endMs - slices.startMs) / slices.count;
  if (!(sliceMs > 0)) return;
  const first = Math.max(0, Math.floor((fromMs - slices.startMs) / sliceMs));
  for (let slice = first; slice < parts.length; slice += 1) {
    const sliceStartMs = slices.startMs + slice * sliceMs;
    if (sliceStartMs >= untilMs) return;
    const partMs = Math.min(untilMs, sliceStartMs + sliceMs) - Math.max(fromMs, sliceStartMs);
    parts[slice] = (parts[slice] ?? 0) + (weight * Math.max(0, partMs)) / sliceMs;
  }
}

/** Which part of each slice a span covers. */
export function coveredShares(fromMs: number, untilMs: number, slices: Slices): Float64Array {
  const parts = new Float64Array(slices.count);
  addSpan(parts, { fromMs, untilMs, weight: 1 }, slices);
  return parts;
}

/** From a report that tells of a run in slices of its own, where there is no recording. */
export function toldShares(
  story: NonNullable<ThreadAccount['story']>,
  { runMs, slices }: { readonly runMs: number; readonly slices: Slices },
): Shares {
  const kind = (told: readonly number[]) => resampled(told, runMs, slices);
  return { running: kind(story.running), idle: kind(story.idle), collecting: kind(story.collecting) };
}

/** Shares of equal slices of a whole run as those of other slices; 0 behind the run. */
export function resampled(told: readonly number[], runMs: number, slices: Slices): Float64Array {
  const parts = new Float64Array(slices.count);
  const toldMs = runMs / (told.length || 1);
  for (const [slice, weight] of told.entries()) {
    addSpan(parts, { fromMs: slice * toldMs, untilMs: (slice + 1) * toldMs, weight }, slices);
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
