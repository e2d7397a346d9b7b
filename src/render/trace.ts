import type { Protocol } from 'devtools-protocol';
import type { Window } from '../profile/model.ts';

export interface TraceThread {
  readonly name: string;
  readonly profile: Protocol.Profiler.Profile;
}

const PID = 1;
const CATEGORY = 'disabled-by-default-v8.cpu_profiler';

/**
 * All threads on one clock, in the Trace Event Format that DevTools' Performance panel and Perfetto open.
 * Timestamps are µs of the monotonic clock that all the profiles share.
 */
export function chromeTrace(threads: readonly TraceThread[], window: Window): string {
  const traceEvents = [
    { name: 'process_name', ph: 'M', pid: PID, tid: 0, ts: 0, cat: '__metadata', args: { name: 'outpace' } },
    ...threads.flatMap(({ name, profile }, index) => threadEvents({ name, profile, tid: index + 1 })),
    {
      name: 'run',
      ph: 'X',
      pid: PID,
      tid: 1,
      ts: window.startUs,
      dur: window.endUs - window.startUs,
      cat: 'outpace',
      args: {},
    },
  ];
  return JSON.stringify({ traceEvents, metadata: { source: 'outpace' } });
}

function threadEvents({ name, profile, tid }: TraceThread & { tid: number }): object[] {
  const parentOf = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])),
  );
  const nodes = profile.nodes.map(({ id, callFrame }) => ({ id, callFrame, parent: parentOf.get(id) }));
  const common = { ph: 'P', pid: PID, tid, cat: CATEGORY, id: `0x${tid.toString(16)}` };
  const { startTime, endTime, samples, timeDeltas } = profile;
  return [
    { name: 'thread_name', ph: 'M', pid: PID, tid, ts: 0, cat: '__metadata', args: { name } },
    // DevTools shows the samples of a thread only where it has an event of its own too.
    { name, ph: 'X', pid: PID, tid, ts: startTime, dur: endTime - startTime, cat: 'outpace', args: {} },
    { ...common, name: 'Profile', ts: startTime, args: { data: { startTime } } },
    {
      ...common,
      name: 'ProfileChunk',
      ts: startTime,
      args: { data: { cpuProfile: { nodes, samples }, timeDeltas, endTime } },
    },
  ];
}
