/** Recordings of a few hundred bytes, one in each way that somebody writes them. */
const frame = (functionName: string, lineNumber: number, url = 'file:///job.js') => ({
  functionName,
  scriptId: '7',
  url,
  lineNumber,
  columnNumber: 4,
});

const nodes = [
  { id: 1, callFrame: frame('(root)', -1, ''), hitCount: 0, children: [2, 5] },
  { id: 2, callFrame: frame('run', 3), hitCount: 1, children: [3], deoptReason: 'a "reason"' },
  { id: 3, callFrame: frame('fib', 9), hitCount: 2, children: [4], positionTicks: [{ line: 9, ticks: 2 }] },
  { id: 4, callFrame: frame('fib', 9), hitCount: 1 },
  { id: 5, callFrame: frame('(garbage collector)', -1, ''), hitCount: 1 },
];
const samples = [2, 3, 3, 4, 5, 2];
const timeDeltas = [120, 1250, -30, 1000, 52345, 7];
const profile = { nodes, startTime: 1000, endTime: 60_000, samples, timeDeltas };

const parentOf = new Map(nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id])));
const traced = nodes.map(({ id, callFrame }) => ({ id, callFrame, parent: parentOf.get(id) }));
const chunk = (from: number, to: number, rest: object = {}) => ({
  cpuProfile: { nodes: from === 0 ? traced : [], samples: samples.slice(from, to) },
  timeDeltas: timeDeltas.slice(from, to),
  lines: samples.slice(from, to),
  ...rest,
});
const events = [
  { name: 'thread_name', ph: 'M', pid: 4, tid: 9, ts: 0, cat: '__metadata', args: { name: 'Renderer' } },
  {
    args: { data: { startTime: 1000 } },
    cat: 'disabled-by-default-v8.cpu_profiler',
    id: '0x1',
    name: 'Profile',
    ph: 'P',
    pid: 4,
    tid: 9,
    ts: 1000,
  },
  {
    args: { data: chunk(0, 4) },
    cat: 'disabled-by-default-v8.cpu_profiler',
    id: '0x1',
    name: 'ProfileChunk',
    ph: 'P',
    pid: 4,
    tid: 11,
    ts: 1100,
  },
  { args: { a: { b: ['"', null, 1.5e3] } }, cat: 'x', name: 'Other', ph: 'X', pid: 4, tid: 9, ts: 1200 },
  { name: 'Profile', ph: 'P', pid: 5, tid: 9, ts: 2000, id: '0x1', args: { data: { startTime: 2000 } } },
  {
    name: 'ProfileChunk',
    ph: 'P',
    pid: 5,
    tid: 9,
    ts: 2001,
    id: '0x1',
    args: { data: chunk(0, 6, { endTime: 90_000 }) },
  },
  {
    args: { data: chunk(4, 6, { endTime: 60_000 }) },
    cat: 'disabled-by-default-v8.cpu_profiler',
    id: '0x1',
    name: 'ProfileChunk',
    ph: 'P',
    pid: 4,
    tid: 11,
    ts: 1300,
  },
];

/** Keys in another order, with what the reader does not want between them. */
const turned = {
  timeDeltas,
  title: 'a "title" \\ with é and \u2028',
  samples,
  endTime: 60_000,
  startTime: 1000.5,
  extra: [[{ nodes: [1], samples: 'none' }], -1.5e-3, true, null],
  nodes: nodes.toReversed().map(({ callFrame, ...node }) => ({ callFrame, ...node })),
};

/** Of two functions, so that most nodes are in words that have been read before. */
const repeated = {
  nodes: Array.from({ length: 9 }, (_, index) => ({
    id: index + 1,
    callFrame: index % 2 === 0 ? frame('even', 20) : frame('odd }', 30),
    hitCount: index,
    ...(index < 8 ? { children: index === 5 ? [7, 8] : index === 6 || index === 7 ? [] : [index + 2] } : {}),
    ...(index === 7
      ? { children: [9], deoptReason: 'wrong map', positionTicks: [{ line: 3, ticks: 1 }] }
      : {}),
  })),
  startTime: 1,
  endTime: 9000,
  samples: [9, 7, 8, 6, 9, 1],
  timeDeltas: [10, 1000, 1000, 12, 1000, 1000],
};

export const SMALL_PROFILES: Readonly<Record<string, string>> = {
  plain: JSON.stringify(profile),
  repeated: JSON.stringify(repeated),
  pretty: JSON.stringify(profile, null, 2),
  'with parents': JSON.stringify({ ...profile, nodes: traced }),
  'in another order': JSON.stringify(turned),
  'with escapes': JSON.stringify(profile)
    .replaceAll('fib', 'f\\u0069b')
    .replace('"samples"', '"s\\u0061mples"'),
  'with sparse ids': JSON.stringify(profile).replaceAll(/("id":|[[,])(\d)(?=[,\]])/g, '$1$2000000007'),
};

export const SMALL_TRACES: Readonly<Record<string, string>> = {
  'a list of events': JSON.stringify(events),
  'an object with traceEvents': JSON.stringify({ metadata: { source: 'x' }, traceEvents: events }),
  'pretty events': JSON.stringify({ traceEvents: events }, null, 1),
};
