import type { CpuProfile, Frame } from './model.ts';

/** The function that a row of the call tree is a call of. */
export function frameOfNode({ frames, nodes }: CpuProfile, node: number): Frame {
  const frame = frames[nodes.frames[node] ?? -1];
  if (frame === undefined) throw new RangeError(`the profile has no node ${node}`);
  return frame;
}
