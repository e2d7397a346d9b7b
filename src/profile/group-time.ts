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
  const within: boolean[] = [];
  let sumUs = 0;
  // Parents come first.
  for (const [node, { parent, frame }] of profile.nodes.entries()) {
    within[node] = within[parent] === true || isMeant(frame);
    if (within[node]) sumUs += selfOfNode[node] ?? 0;
  }
  return sumUs;
}
