import { median } from '../stats/median.ts';

/**
 * What of two sides' recordings can be compared: how long things took, or which share of the busy time they had.
 *
 * A program that runs to its end takes the time it takes. A service is recorded for a span that somebody chose, which
 * says nothing of what its work costs; shares do, where the work was of the same kind.
 */
export type Basis = 'time' | 'share';

interface Length {
  readonly wallMs: number;
  readonly sampledMs: number;
  readonly busyMs: number;
}

/** A timer is exact to a few per cent; the lengths of runs are rarely that equal on two sides. */
const SAME_LENGTH_RATIO = 0.05;
/** A program that runs to its end is rarely without work. */
const NOTABLE_IDLE_RATIO = 0.01;

/** Shares where all recordings are of one length and had time to spare, as those of a service have. */
export function basisOf(before: readonly Length[], after: readonly Length[]): Basis {
  const all = [...before, ...after];
  const middleMs = median(all.map(({ wallMs }) => wallMs));
  const oneLength = all.every(({ wallMs }) => Math.abs(wallMs - middleMs) <= SAME_LENGTH_RATIO * middleMs);
  const idleRatio = median(all.map(({ sampledMs, busyMs }) => (sampledMs > 0 ? 1 - busyMs / sampledMs : 0)));
  return oneLength && idleRatio >= NOTABLE_IDLE_RATIO ? 'share' : 'time';
}

/** From here on, the longest recording of a side over its shortest, lengths were chosen rather than measured. */
const UNEVEN_RATIO = 1.5;

export function isUneven(side: readonly Length[]): boolean {
  const lengths = side.map(({ wallMs }) => wallMs);
  return Math.max(...lengths) > UNEVEN_RATIO * Math.min(...lengths);
}
