import { isEngine, nodeSelfTimes } from '../../profile/function-totals.ts';
import { COLUMN_PER_UNIT, type Measure, TIMED } from '../../profile/measure.ts';
import type { CpuProfile, Frame, Window } from '../../profile/model.ts';
import { frameOfNode } from '../../profile/node-frame.ts';

/** What every format of stacks is made from: the threads of one run. */
export interface Recording {
  readonly name: string;
  /** Of one without, times of threads that have names. */
  readonly measure?: Measure;
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

export function measureOf({ measure = TIMED }: Recording): Measure {
  return measure;
}

/** What stands in the columns of a profile as a file has it: µs, or the unit itself. */
export function valueIn(selfUs: number, { unit }: Measure): number {
  return unit === 'time' ? selfUs : selfUs / COLUMN_PER_UNIT;
}

/** Each stack of a thread that took time, once; in depth-first order. */
export function* stacksOf({ profile, window }: Recording['threads'][number]): Generator<WeightedStack> {
  const { selfOfNode } = nodeSelfTimes(profile, window);
  for (const [node, selfUs] of selfOfNode.entries())
    if (selfUs > 0) yield { frames: stackOf(profile, node), selfUs };
}

/** Outermost first, without V8's `(root)`, which is in every stack; a root that is a function is part of it. */
export function stackOf(profile: CpuProfile, tip: number): Frame[] {
  const frames: Frame[] = [];
  for (let node = tip; node >= 0; node = profile.nodes.parents[node] ?? -1)
    frames.push(frameOfNode(profile, node));
  const root = frames.at(-1);
  if (root !== undefined && isEngine(root)) frames.pop();
  return frames.reverse();
}

/** `name (file:line)`, as a person reads a frame. */
export function frameLabel({ name, url, line }: Frame): string {
  const shown = name === '' ? '(anonymous)' : name;
  return url === '' ? shown : `${shown} (${url.replace(/^file:\/\//, '')}:${line})`;
}
