import { nodeSelfTimes } from '../../profile/function-totals.ts';
import type { CpuProfile, Frame, Window } from '../../profile/model.ts';

/** What every format of stacks is made from: the threads of one run. */
export interface Recording {
  readonly name: string;
  readonly threads: readonly {
    readonly name: string;
    readonly profile: CpuProfile;
    /** What of the recording is exported. */
    readonly window: Window;
  }[];
}

/** A stack, outermost first, and the time that was spent at its tip, µs. */
export interface WeightedStack {
  readonly frames: readonly Frame[];
  readonly selfUs: number;
}

/** Each stack of a thread that took time, once; in depth-first order. */
export function stacksOf({ profile, window }: Recording['threads'][number]): WeightedStack[] {
  const { selfOfNode } = nodeSelfTimes(profile, window);
  return profile.nodes.flatMap((_, node) => {
    const selfUs = selfOfNode[node] ?? 0;
    return selfUs > 0 ? [{ frames: framesTo(profile, node), selfUs }] : [];
  });
}

/** Without the root, which is in every stack. */
function framesTo({ nodes }: CpuProfile, node: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = node; at > 0; at = nodes[at]?.parent ?? -1) {
    const frame = nodes[at]?.frame;
    if (frame !== undefined) frames.push(frame);
  }
  return frames.toReversed();
}

/** `name (file:line)`, as a person reads a frame. */
export function frameLabel({ name, url, line }: Frame): string {
  const shown = name === '' ? '(anonymous)' : name;
  return url === '' ? shown : `${shown} (${url.replace(/^file:\/\//, '')}:${line})`;
}
