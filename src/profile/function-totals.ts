import type { CpuProfile, Frame, Window } from './model.ts';

/** One function in one thread, or one of V8's own entries. */
export interface FunctionTotal {
  readonly frame: Frame;
  readonly engine: boolean;
  readonly recursive: boolean;
  readonly selfUs: number;
  readonly totalUs: number;
}

export interface ThreadTotals {
  readonly functions: readonly FunctionTotal[];
  /** The sum of all self times: the part of the window that samples speak for. */
  readonly sampledUs: number;
  readonly samples: number;
}

const ENGINE_NAMES = new Set(['(garbage collector)', '(program)', '(idle)', '(root)']);
/** What all of outpace's own frames are shown as. */
export const HARNESS: Frame = { name: '(outpace)', url: '', line: 0, column: 0 };

/** A function is its name and its place. */
export function frameKey({ name, url, line, column }: Frame): string {
  return `${url}\n${line}\n${column}\n${name}`;
}

/**
 * Self and total time of each function within a window, in one pass over the samples and two over the nodes.
 *
 * Sample i stands for the time until sample i + 1, the last one until the profile's end, clipped to the window.
 * In a recursive stack a function's total is added once. Frames of outpace itself become one entry of their own.
 */
export function functionTotals(
  profile: CpuProfile,
  window: Window,
  isHarness: (url: string) => boolean,
): ThreadTotals {
  const frames = profile.nodes.map(({ frame }) => (isHarness(frame.url) ? HARNESS : frame));
  const { selfOfNode, sampledUs, samples } = nodeSelfTimes(profile, window);

  const totalOfNode = selfOfNode.slice();
  for (let node = frames.length - 1; node > 0; node -= 1) {
    const parent = profile.nodes[node]?.parent ?? -1;
    if (parent >= 0) totalOfNode[parent] = (totalOfNode[parent] ?? 0) + (totalOfNode[node] ?? 0);
  }

  const functions = new Map<string, { frame: Frame; recursive: boolean; selfUs: number; totalUs: number }>();
  const keys = frames.map(frameKey);
  for (const [node, nested] of nestedInItself(profile, keys).entries()) {
    const key = keys[node] ?? '';
    const frame = frames[node] ?? HARNESS;
    const entry = functions.get(key) ?? { frame, recursive: false, selfUs: 0, totalUs: 0 };
    functions.set(key, entry);
    entry.selfUs += selfOfNode[node] ?? 0;
    if (!nested) entry.totalUs += totalOfNode[node] ?? 0;
    else if (frame !== HARNESS && (totalOfNode[node] ?? 0) > 0) entry.recursive = true;
  }
  return {
    functions: [...functions.values()]
      .filter(({ totalUs }) => totalUs > 0)
      .map((entry) => ({ ...entry, engine: entry.frame === HARNESS || isEngine(entry.frame) })),
    sampledUs,
    samples,
  };
}

/** Whether it is one of V8's own entries, such as the garbage collector. */
export function isEngine({ name, url }: Frame): boolean {
  return url === '' && ENGINE_NAMES.has(name);
}

/** Self time of each node within a window, µs. */
export function nodeSelfTimes(profile: CpuProfile, window: Window) {
  const { nodes, sampleNodes, sampleTimesUs, endTimeUs } = profile;
  const selfOfNode = new Float64Array(nodes.length);
  let sampledUs = 0;
  let samples = 0;
  for (let index = 0; index < sampleNodes.length; index += 1) {
    const fromUs = Math.max(sampleTimesUs[index] ?? 0, window.startUs);
    const untilUs = Math.min(sampleTimesUs[index + 1] ?? endTimeUs, window.endUs);
    if (untilUs <= fromUs) continue;
    const node = sampleNodes[index] ?? 0;
    selfOfNode[node] = (selfOfNode[node] ?? 0) + (untilUs - fromUs);
    sampledUs += untilUs - fromUs;
    samples += 1;
  }
  return { selfOfNode, sampledUs, samples };
}

/** For each node, whether its function stands above it in the stack too. Parents come first, so a depth-first walk is a stack. */
function nestedInItself(profile: CpuProfile, keys: readonly string[]): boolean[] {
  const open = new Map<string, number>();
  const path: number[] = [];
  return profile.nodes.map(({ parent }, node) => {
    while (path.length > 0 && path.at(-1) !== parent) {
      const left = keys[path.pop() ?? 0] ?? '';
      open.set(left, (open.get(left) ?? 0) - 1);
    }
    const key = keys[node] ?? '';
    const nested = (open.get(key) ?? 0) > 0;
    open.set(key, (open.get(key) ?? 0) + 1);
    path.push(node);
    return nested;
  });
}
