import type { CpuProfile, Frame, NodeTable, Window } from './model.ts';
import { samplesWithin, spentWithin } from './spent-time.ts';

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

const ENGINE_NAMES = new Set([
  ...['(garbage collector)', '(program)', '(idle)', '(root)'],
  // Of its sampling heap profiler.
  ...[
    '(GC)',
    '(PARSER)',
    '(COMPILER)',
    '(BYTECODE_COMPILER)',
    '(V8 API)',
    '(JS)',
    '(EXTERNAL)',
    '(IDLE)',
    '(OTHER)',
  ],
]);
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
  const { frames, nodes } = profile;
  const { selfOfNode, sampledUs, samples } = nodeSelfTimes(profile, window);
  const totalOfNode = withDescendants(selfOfNode, nodes);
  const shown = [...frames, HARNESS];
  const groups = groupOfNodes(profile, isHarness);
  const nested = nestedInItself(nodes, groups, shown.length);
  const { selfUs, totalUs, recursive } = sumByGroup(
    { selfOfNode, totalOfNode, groups, nested },
    shown.length,
  );
  const functions = shown.flatMap((frame, group): FunctionTotal[] => {
    const total = totalUs[group] ?? 0;
    if (total <= 0) return [];
    const engine = frame === HARNESS || isEngine(frame);
    return [
      {
        frame,
        engine,
        recursive: frame !== HARNESS && recursive[group] === 1,
        selfUs: selfUs[group] ?? 0,
        totalUs: total,
      },
    ];
  });
  return { functions, sampledUs, samples };
}

interface NodeTimes {
  readonly selfOfNode: Float64Array;
  readonly totalOfNode: Float64Array;
  readonly groups: Int32Array;
  readonly nested: Uint8Array;
}

function sumByGroup({ selfOfNode, totalOfNode, groups, nested }: NodeTimes, groupCount: number) {
  const selfUs = new Float64Array(groupCount);
  const totalUs = new Float64Array(groupCount);
  const recursive = new Uint8Array(groupCount);
  for (let node = 0; node < groups.length; node += 1) {
    const group = groups[node] ?? 0;
    const nodeUs = totalOfNode[node] ?? 0;
    selfUs[group] = (selfUs[group] ?? 0) + (selfOfNode[node] ?? 0);
    if (nested[node] === 0) totalUs[group] = (totalUs[group] ?? 0) + nodeUs;
    else if (nodeUs > 0) recursive[group] = 1;
  }
  return { selfUs, totalUs, recursive };
}

/** Whether it is one of V8's own entries, such as the garbage collector. */
export function isEngine({ name, url }: Frame): boolean {
  return url === '' && ENGINE_NAMES.has(name);
}

/** Self time of each node within a window, µs. */
export function nodeSelfTimes(profile: CpuProfile, window: Window) {
  const { nodes, sampleNodes, sampleTimesUs } = profile;
  const selfOfNode = new Float64Array(nodes.parents.length);
  const { first, last } = samplesWithin(profile, window);
  let samples = addWhole(profile, { from: first + 1, to: last, selfOfNode });
  let sampledUs = last > first + 1 ? (sampleTimesUs[last] ?? 0) - (sampleTimesUs[first + 1] ?? 0) : 0;
  for (const edge of first < last ? [first, last] : [last]) {
    const spentUs = last < first ? 0 : spentWithin(profile, edge, window);
    if (spentUs === 0) continue;
    const node = sampleNodes[edge] ?? 0;
    selfOfNode[node] = (selfOfNode[node] ?? 0) + spentUs;
    sampledUs += spentUs;
    samples += 1;
  }
  return { selfOfNode, sampledUs, samples };
}

/** Samples that last until the next one; gives how many of them last at all. */
function addWhole(
  { sampleNodes, sampleTimesUs }: CpuProfile,
  { from, to, selfOfNode }: { readonly from: number; readonly to: number; readonly selfOfNode: Float64Array },
): number {
  let samples = 0;
  for (let index = from; index < to; index += 1) {
    const spentUs = (sampleTimesUs[index + 1] ?? 0) - (sampleTimesUs[index] ?? 0);
    const node = sampleNodes[index] ?? 0;
    selfOfNode[node] = (selfOfNode[node] ?? 0) + spentUs;
    samples += spentUs > 0 ? 1 : 0;
  }
  return samples;
}

/** Parents come first, so that from the last node back each one is complete when it is added to its caller. */
function withDescendants(selfOfNode: Float64Array, { parents }: NodeTable): Float64Array {
  const totals = selfOfNode.slice();
  for (let node = totals.length - 1; node > 0; node -= 1) {
    const parent = parents[node] ?? 0;
    totals[parent] = (totals[parent] ?? 0) + (totals[node] ?? 0);
  }
  return totals;
}

/** What each node counts for: its frame, or behind all frames outpace itself. */
function groupOfNodes({ frames, nodes }: CpuProfile, isHarness: (url: string) => boolean): Int32Array {
  const groupOfFrame = Int32Array.from(frames, ({ url }, frame) => (isHarness(url) ? frames.length : frame));
  const groups = new Int32Array(nodes.frames.length);
  for (let node = 0; node < groups.length; node += 1) {
    const frame = nodes.frames[node] ?? 0;
    groups[node] = groupOfFrame[frame] ?? frame;
  }
  return groups;
}

/** For each node, whether its function stands above it in the stack too. In depth-first order the path to a node begins with that of the one before. */
function nestedInItself({ parents }: NodeTable, groups: Int32Array, groupCount: number): Uint8Array {
  const open = new Int32Array(groupCount);
  const nested = new Uint8Array(groups.length);
  let tip = -1;
  for (let node = 0; node < groups.length; node += 1) {
    for (const parent = parents[node] ?? -1; tip !== parent && tip >= 0; tip = parents[tip] ?? -1) {
      const left = groups[tip] ?? 0;
      open[left] = (open[left] ?? 0) - 1;
    }
    const group = groups[node] ?? 0;
    nested[node] = (open[group] ?? 0) > 0 ? 1 : 0;
    open[group] = (open[group] ?? 0) + 1;
    tip = node;
  }
  return nested;
}
