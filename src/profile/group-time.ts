import { nodeSelfTimes } from './function-totals.ts';
import type { CpuProfile, Frame, Window } from './model.ts';

/**
 * Time within a window that some functions of a thread were on the stack, theirs and that of all they call; once, where
 * they call one another.
 *
 * @returns µs
 */
export function groupTimeUs(profile: CpuProfile, window: Window, isMeant: (frame: Frame) => boolean): number {
  const { selfOfNode } = nodeSelfTimes(profile, window);
  const meant = profile.frames.map(isMeant);
  const { parents, frames } = profile.nodes;
  const within = new Uint8Array(parents.length);
  let sumUs = 0;
  // Parents come first.
  for (let node = 0; node < parents.length; node += 1) {
    const parent = parents[node] ?? -1;
    if (meant[frames[node] ?? 0] !== true && (parent < 0 || within[parent] === 0)) continue;
    within[node] = 1;
    sumUs += selfOfNode[node] ?? 0;
  }
  return sumUs;
}
