import { OutpaceError } from '../../src/base/errors.ts';
import { frameKey } from '../../src/profile/function-totals.ts';
import type { CpuProfile, Frame, NodeTable } from '../../src/profile/model.ts';

type RawObject = Record<string, unknown>;

/**
 * The plain way to read a profile, an object a node and a sample, against which the reader of bytes is held.
 *
 * V8's `.cpuprofile`, its parts checked against one another; nodes come out parents first, samples by time.
 *
 * @param raw parsed JSON from anywhere
 * @param source what to call it in an error
 * @throws OutpaceError MALFORMED_PROFILE saying what was found
 */
export function referenceProfile(raw: unknown, source: string): CpuProfile {
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
  }
  for (const [id, node] of rawById) {
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

/** The threads of a trace the plain way: its profiles by process and id, each then read as a profile of its own. */
export function referenceTrace(raw: unknown, source: string): Map<string, CpuProfile> {
  const events: unknown[] = Array.isArray(raw)
    ? raw
    : isObject(raw) && Array.isArray(raw.traceEvents)
      ? raw.traceEvents
      : [];
  const parts = new Map<
    string,
    { startTime: unknown; endTime: unknown; chunks: { ts: number; data: RawObject }[] }
  >();
  for (const event of events) {
    if (!isObject(event) || !isObject(event.args) || !isObject(event.args.data)) continue;
    if (!isPart(event.args.data))
      throw new OutpaceError('MALFORMED_PROFILE', `${source}: an event holds part of a profile that is none`);
    if (event.name !== 'Profile' && event.name !== 'ProfileChunk') continue;
    const key = `${String(event.pid)}:${String(event.id)}`;
    const known = parts.get(key) ?? { startTime: undefined, endTime: undefined, chunks: [] };
    parts.set(key, known);
    const { data } = event.args;
    if (event.name === 'Profile') known.startTime = data.startTime ?? event.ts;
    else known.chunks.push({ ts: Number(event.ts), data });
    if (event.name === 'ProfileChunk') known.endTime = data.endTime ?? known.endTime;
  }
  const profiles = new Map<string, CpuProfile>();
  for (const [key, { startTime, endTime, chunks }] of parts) {
    const sorted = chunks.toSorted((a, b) => a.ts - b.ts).map(({ data }) => data);
    const all = (read: (data: RawObject) => unknown) =>
      sorted.flatMap((data): unknown[] => {
        const list = read(data);
        return Array.isArray(list) ? list : [];
      });
    const inside = (data: RawObject) => (isObject(data.cpuProfile) ? data.cpuProfile : {});
    const nodes = all((data) => inside(data).nodes);
    const lengths = chunks.every(
      ({ data }) => listLength(inside(data).samples) === listLength(data.timeDeltas),
    );
    if (!lengths) throw new OutpaceError('MALFORMED_PROFILE', `${source}: a chunk lacks times`);
    if (nodes.length === 0) continue;
    const timeDeltas = all((data) => data.timeDeltas);
    const samples = all((data) => inside(data).samples);
    const end = endTime ?? latest(startTime, timeDeltas);
    profiles.set(key, referenceProfile({ nodes, samples, timeDeltas, startTime, endTime: end }, source));
  }
  if (profiles.size === 0) throw new OutpaceError('MALFORMED_PROFILE', `${source} has no profile`);
  return profiles;
}

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function latest(startTime: unknown, timeDeltas: readonly unknown[]): number {
  let time = Number(startTime);
  let last = time;
  for (const delta of timeDeltas) {
    time += Number(delta);
    last = Math.max(last, time);
  }
  return last;
}

/** Whether what an event of any name holds of a profile is such. */
function isPart({ cpuProfile, timeDeltas = [] }: RawObject): boolean {
  if (!isObject(cpuProfile)) return isNumberArray(timeDeltas);
  const { nodes = [], samples = [] } = cpuProfile;
  return (
    [timeDeltas, samples, cpuProfile.timeDeltas ?? []].every(isNumberArray) &&
    Array.isArray(nodes) &&
    nodes.every(
      (node) =>
        isObject(node) &&
        typeof node.id === 'number' &&
        isObject(node.callFrame) &&
        typeof node.callFrame.functionName === 'string' &&
        (!Array.isArray(node.children) || isNumberArray(node.children)),
    )
  );
}
