import type { Protocol } from 'devtools-protocol';
import type { Window } from '../profile/model.ts';

/** A `.cpuprofile` as V8 gives it. */
export type RawProfile = Protocol.Profiler.Profile;

export interface TraceThread {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly profile: RawProfile;
}

/** One event of the Trace Event Format; `ts` and `dur` in µs. */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: 'M' | 'P' | 'X';
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly id?: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface ChromeTrace {
  readonly traceEvents: readonly TraceEvent[];
  readonly metadata: { readonly source: string; readonly dataOrigin: string };
}

interface ChunkNode {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: Protocol.Runtime.CallFrame & { readonly codeType: 'JS' | 'other' };
}

const PROFILER = 'disabled-by-default-v8.cpu_profiler';

/** All threads, the main one first, on their shared clock, for Chrome DevTools and Perfetto. */
export function chromeTrace(threads: readonly TraceThread[], window: Window): ChromeTrace {
  const traceEvents = [...metadataEvents(threads), ...threads.flatMap(profileEvents)];
  const [main] = threads;
  if (main !== undefined) traceEvents.push(runEvent(main, window));
  return { traceEvents, metadata: { source: 'outpace', dataOrigin: 'CPUProfile' } };
}

function metadataEvents(threads: readonly TraceThread[]): TraceEvent[] {
  const named = new Set<number>();
  return threads.flatMap(({ name, pid, tid }, index) => {
    const base = { cat: '__metadata', ph: 'M', ts: 0, pid, tid } as const;
    const events: TraceEvent[] = [
      { ...base, name: 'thread_name', args: { name } },
      { ...base, name: 'thread_sort_index', args: { sort_index: index } },
    ];
    if (!named.has(pid)) events.unshift({ ...base, name: 'process_name', args: { name: 'outpace' } });
    named.add(pid);
    return events;
  });
}

/** A profile as DevTools takes it from a trace: its start, then all of it in one chunk. */
function profileEvents({ pid, tid, profile }: TraceThread, index: number): TraceEvent[] {
  const { startTime, endTime, samples = [], timeDeltas = [] } = profile;
  const base = {
    cat: PROFILER,
    ph: 'P',
    id: `0x${(index + 1).toString(16)}`,
    pid,
    tid,
    ts: startTime,
  } as const;
  const cpuProfile = { nodes: chunkNodes(profile), samples };
  return [
    { ...base, name: 'Profile', args: { data: { startTime } } },
    { ...base, name: 'ProfileChunk', args: { data: { cpuProfile, timeDeltas, endTime } } },
  ];
}

/** The nodes with the id of their parent, where V8's file has the ids of the children. */
function chunkNodes({ nodes }: RawProfile): ChunkNode[] {
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) {
    for (const child of children) parents.set(child, id);
  }
  return nodes.map(({ id, callFrame }): ChunkNode => {
    const parent = parents.get(id);
    const node: ChunkNode = {
      id,
      callFrame: { ...callFrame, codeType: callFrame.url === '' ? 'other' : 'JS' },
    };
    return parent === undefined ? node : { ...node, parent };
  });
}

function runEvent({ pid, tid }: TraceThread, { startUs, endUs }: Window): TraceEvent {
  return { name: 'run', cat: 'outpace', ph: 'X', ts: startUs, dur: endUs - startUs, pid, tid, args: {} };
}
