import { OutpaceError } from '../base/errors.ts';
import { frameKey } from './function-totals.ts';
import type { CpuProfile, Frame, NodeTable } from './model.ts';

type RawObject = Record<string, unknown>;

/**
 * V8's `.cpuprofile`, its parts checked against one another; nodes come out parents first, samples by time.
 *
 * @param raw parsed JSON from anywhere
 * @param source what to call it in an error
 * @throws OutpaceError MALFORMED_PROFILE saying what was found
 */
export function parseCpuProfile(raw: unknown, source: string): CpuProfile {
  const fail = (found: string): never => {
    throw new OutpaceError('MALFORMED_PROFILE', `${source} is not a usable .cpuprofile: ${found}`);
  };
  if (!isObject(raw)) return fail('it is not an object');
  const { nodes, samples, timeDeltas, startTime, endTime } = raw;
  if (!Array.isArray(nodes) || nodes.length === 0) return fail('it has no nodes');
  if (!isNumberArray(samples) || !isNumberArray(timeDeltas))
    return fail('it has no samples and timeDeltas of numbers');
  if (samples.length !== timeDeltas.length) {
    return fail(`${samples.length} samples but ${timeDeltas.length} timeDeltas`);
  }
  if (!isFiniteNumber(startTime) || !isFiniteNumber(endTime))
    return fail('startTime and endTime are not both numbers');
  if (endTime < startTime) return fail(`endTime ${endTime} lies before startTime ${startTime}`);

  const { frames, table, indexOfId } = orderNodes(nodes, fail);
  const times: { timeUs: number; node: number }[] = [];
  let timeUs = startTime;
  for (const [index, id] of samples.entries()) {
    timeUs += timeDeltas[index] ?? 0;
    const node = indexOfId.get(id);
    if (node === undefined) return fail(`sample ${index} names node ${id}, which does not exist`);
    times.push({ timeUs, node });
  }
  // Negative deltas are legal: V8 records the samples of two sources.
  times.sort((a, b) => a.timeUs - b.timeUs);
  return {
    frames,
    nodes: table,
    startTimeUs: startTime,
    endTimeUs: endTime,
    sampleNodes: Int32Array.from(times, ({ node }) => node),
    sampleTimesUs: Float64Array.from(times, (sample) => sample.timeUs),
  };
}

type Fail = (found: string) => never;

function orderNodes(nodes: readonly unknown[], fail: Fail) {
  const rawById = new Map<number, RawObject>();
  const parentOfId = new Map<number, number>();
  for (const node of nodes) {
    if (!isObject(node) || typeof node.id !== 'number') return fail('a node has no numeric id');
    if (rawById.has(node.id)) return fail(`two nodes have the id ${node.id}`);
    rawById.set(node.id, node);
  }
  for (const [id, node] of rawById) {
    if (typeof node.parent === 'number') parentOfId.set(id, node.parent);
    for (const child of Array.isArray(node.children) ? node.children : []) {
      if (!rawById.has(child)) return fail(`node ${id} has the child ${child}, which does not exist`);
      const other = parentOfId.get(child);
      if (other !== undefined && other !== id)
        return fail(`node ${child} has two parents, ${other} and ${id}`);
      parentOfId.set(child, id);
    }
  }

  const childrenOf = Map.groupBy([...parentOfId.keys()], (id) => parentOfId.get(id));
  const roots = [...rawById.keys()].filter((id) => !parentOfId.has(id));
  if (roots.length !== 1) return fail(`it has ${roots.length} roots instead of one`);
  const frames: Frame[] = [];
  const frameIndexes = new Map<string, number>();
  const table = { parents: [] as number[], frames: [] as number[] };
  const indexOfId = new Map<number, number>();
  const pending = [...roots];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    indexOfId.set(id, indexOfId.size);
    const parentId = parentOfId.get(id);
    table.parents.push(parentId === undefined ? -1 : (indexOfId.get(parentId) ?? -1));
    const frame = parseFrame(rawById.get(id)?.callFrame, id, fail);
    const known = frameIndexes.get(frameKey(frame)) ?? frames.push(frame) - 1;
    frameIndexes.set(frameKey(frame), known);
    table.frames.push(known);
    for (const child of childrenOf.get(id) ?? []) pending.push(child);
  }
  if (indexOfId.size !== rawById.size) {
    return fail(`${rawById.size - indexOfId.size} nodes form a cycle and hang from no root`);
  }
  const nodeTable: NodeTable = {
    parents: Int32Array.from(table.parents),
    frames: Int32Array.from(table.frames),
  };
  return { frames, table: nodeTable, indexOfId };
}

function parseFrame(raw: unknown, id: number, fail: Fail): Frame {
  if (!isObject(raw) || typeof raw.functionName !== 'string')
    return fail(`node ${id} has no callFrame.functionName`);
  // V8 counts from 0, and gives −1 where there is no place.
  const place = (value: unknown) => (typeof value === 'number' && value >= 0 ? value + 1 : 0);
  return {
    name: raw.functionName,
    url: typeof raw.url === 'string' ? raw.url : '',
    line: place(raw.lineNumber),
    column: place(raw.columnNumber),
  };
}

function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isNumberArray(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isFiniteNumber);
}
