import type { Comparison } from '../compare/comparison.ts';
import { percent } from './format.ts';

/** From here on a run was mostly idle. */
const MOSTLY = 0.5;

/** A sentence for each side that mostly waited; the sides' names are as they were given, not escaped. */
export function idleSentences({
  before,
  after,
  split,
}: Pick<Comparison, 'before' | 'after' | 'split'>): string[] {
  const { waitingRatio = null, queueingRatio = null } = split ?? {};
  if (waitingRatio === null) return [];
  return (['before', 'after'] as const)
    .filter((side) => waitingRatio[side] > MOSTLY)
    .map((side) => {
      const { implementation } = side === 'before' ? before : after;
      const queued = (queueingRatio?.[side] ?? 0) > MOSTLY;
      return (
        `${implementation} was idle for ${percent(waitingRatio[side], 0)} of its run: ` +
        (queued ? 'most of that time it queued for a busy CPU' : 'it waited for timers, files or the network')
      );
    });
}
