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
    // What names no node of the tree is time of the root.
    times.push({ timeUs, node: indexOfId.get(id) ?? 0 });
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
      if (!rawById.has(child)) continue;
      const other = parentOfId.get(child);
      if (other !== undefined && other !== id && rawById.has(other))
        return fail(`node ${child} has two parents, ${other} and ${id}`);
      parentOfId.set(child, id);
    }
  }

  const childrenOf = Map.groupBy([...parentOfId.keys()], (id) => parentOfId.get(id));
  const roots = [...rawById.keys()].filter((id) => !parentOfId.has(id));
  if (roots.length !== 1) return fail(`it has ${roots.length} roots instead of one`);
  const frames: Frame[] = [];
  const frameIndexes = new Map<string, number>();
  // Of those that hang from nothing too, which are read before that is known.
  for (const [id, node] of rawById) parseFrame(node.callFrame, id, fail);
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
  for (const id of rawById.keys()) {
    const seen = new Set<number>();
    for (let at: number | undefined = id; at !== undefined && rawById.has(at); at = parentOfId.get(at)) {
      if (seen.has(at)) return fail(`node ${at} is its own caller`);
      seen.add(at);
    }
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

interface TracedParts {
  begin: { startTime: unknown; thread: string } | null;
  readonly isUnnamed: boolean;
  readonly pid: string;
  chunks: { ts: number; data: RawObject }[];
}

/**
 * The threads of a trace the plain way: its profiles by process and id, each then read as a profile of its own, and
 * skipped where it is none.
 */
export function referenceTrace(raw: unknown, source: string): CpuProfile[] {
  const parts = tracedParts(raw, source);
  const begun = [...parts.values()].filter(({ begin }) => begin !== null);
  for (const [key, part] of parts) {
    if (part.begin !== null || !part.isUnnamed) continue;
    const [only, ...more] = begun.filter(
      ({ pid, chunks }) => pid === part.pid && nodesOf(chunks).length === 0,
    );
    if (only === undefined || more.length > 0) continue;
    only.chunks = [...only.chunks, ...part.chunks];
    parts.delete(key);
  }
  const threads = begun.map(({ begin }) => begin?.thread);
  if (new Set(threads).size < threads.length)
    throw new OutpaceError('MALFORMED_PROFILE', `${source}: a thread may have been recorded twice`);
  const profiles = [...parts.values()].flatMap((part) => profileOf(part, source));
  if (profiles.length === 0) throw new OutpaceError('MALFORMED_PROFILE', `${source} has no profile`);
  return profiles;
}

function tracedParts(raw: unknown, source: string): Map<string, TracedParts> {
  const events: unknown[] = Array.isArray(raw)
    ? raw
    : isObject(raw) && Array.isArray(raw.traceEvents)
      ? raw.traceEvents
      : [];
  const parts = new Map<string, TracedParts>();
  for (const event of events) {
    if (!isObject(event)) continue;
    const data = isObject(event.args) && isObject(event.args.data) ? event.args.data : {};
    if (!isPart(data))
      throw new OutpaceError('MALFORMED_PROFILE', `${source}: an event holds part of a profile that is none`);
    const { name, ph, cat, ts, pid, tid, id } = event;
    if (name !== 'Profile' && name !== 'ProfileChunk') continue;
    if (typeof ph === 'string' && ph !== 'P') continue;
    if (typeof cat === 'string' && !cat.includes('v8.cpu_profiler')) continue;
    const isUnnamed = typeof id !== 'string' && typeof id !== 'number';
    const key = isUnnamed ? `${label(pid)} thread ${label(tid)}` : `${label(pid)} id ${label(id)}`;
    const known = parts.get(key) ?? { begin: null, isUnnamed, pid: label(pid), chunks: [] };
    parts.set(key, known);
    const at = typeof ts === 'number' ? ts : Number.NaN;
    const before = known.chunks.at(-1)?.ts ?? Number.NEGATIVE_INFINITY;
    if (name === 'ProfileChunk') known.chunks.push({ ts: Number.isNaN(at) ? before : at, data });
    else {
      const startTime = typeof data.startTime === 'number' ? data.startTime : at;
      known.begin = { startTime, thread: `${label(pid)} ${label(tid)}` };
    }
  }
  return parts;
}

/** A process, a thread or a profile may be called by a number or by a text. */
function label(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function inside(data: RawObject): RawObject {
  return isObject(data.cpuProfile) ? data.cpuProfile : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nodesOf(chunks: readonly { readonly data: RawObject }[]): unknown[] {
  return chunks.flatMap(({ data }) => listOf(inside(data).nodes));
}

function profileOf({ begin, chunks }: TracedParts, source: string): CpuProfile[] {
  const nodes = nodesOf(chunks);
  if (nodes.length === 0) return [];
  const sorted = chunks.toSorted((a, b) => a.ts - b.ts);
  const timeDeltas = sorted.flatMap(({ data }) => listOf(data.timeDeltas).map(Number));
  const samples = sorted.flatMap(({ data }) => {
    const times = listOf(data.timeDeltas);
    const own = listOf(inside(data).samples);
    return own.length === times.length ? own : times.map(() => Number.MIN_SAFE_INTEGER);
  });
  const first = sorted.find(({ data }) => listOf(data.timeDeltas).length > 0);
  const spent = listOf(first?.data.timeDeltas).reduce((sum: number, delta) => sum + Number(delta), 0);
  const startTime = begin?.startTime ?? (first === undefined ? Number.NaN : first.ts - spent);
  const ends = chunks.map(({ data }) => data.endTime ?? inside(data).endTime).filter(isFiniteNumber);
  const endTime = ends.length > 0 ? Math.max(...ends) : latest(startTime, timeDeltas);
  try {
    return [referenceProfile({ nodes, samples, timeDeltas, startTime, endTime }, source)];
  } catch (error) {
    if (!(error instanceof OutpaceError)) throw error;
    return [];
  }
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
