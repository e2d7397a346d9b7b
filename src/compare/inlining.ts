import type { FunctionDifference } from './function-differences.ts';

/** Two functions between which time went over without a change in how much was done. */
export interface InliningChange {
  readonly gained: string;
  readonly lost: string;
  readonly movedMs: number;
}

const NEAR = 0.2;
/** Each is compared with each. */
const MOST_LOOKED_AT = 1000;

/**
 * Unchanged functions of one file that were called as often on both sides, of which one takes as much more self time as
 * another takes less: V8 has inlined one into the other on one side only. Neither is faster or slower for it.
 *
 * @param functions the largest change first
 */
export function inliningChanges(functions: readonly FunctionDifference[]): InliningChange[] {
  const steady = functions
    .filter(
      ({ change, calls, selfDeltaMs, noise }) =>
        change === 'same' &&
        calls.before !== null &&
        calls.before === calls.after &&
        selfDeltaMs.low !== null &&
        !noise,
    )
    .slice(0, MOST_LOOKED_AT);
  const taken = new Set<FunctionDifference>();
  const found: InliningChange[] = [];
  for (const more of steady.filter(({ selfDeltaMs }) => selfDeltaMs.point > 0)) {
    const less = steady.find(
      (other) =>
        !taken.has(other) &&
        other.file === more.file &&
        Math.abs(other.selfDeltaMs.point + more.selfDeltaMs.point) <= NEAR * more.selfDeltaMs.point,
    );
    if (less === undefined || taken.has(more)) continue;
    taken.add(less).add(more);
    found.push({ gained: more.name, lost: less.name, movedMs: more.selfDeltaMs.point });
  }
  return found;
}
