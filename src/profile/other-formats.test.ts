import {
  Label,
  Line,
  Location,
  Function as PprofFunction,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { describe, expect, test } from 'vitest';
import { KindProbe } from './document-kind.ts';
import { functionTotals } from './function-totals.ts';
import type { RecordedThreads } from './model.ts';
import { PROFILE_FORMATS, type ProfileKind } from './profile-formats.ts';

async function read(kind: ProfileKind, content: string | Uint8Array): Promise<RecordedThreads> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const reader = await PROFILE_FORMATS.find((one) => one.kind === kind)?.open('a.file', {});
  if (reader === undefined) throw new Error(`no reader of ${kind}`);
  // In pieces, as a file comes in.
  for (let at = 0; at < bytes.length; at += 7) reader.write(bytes.subarray(at, at + 7));
  return reader.end();
}

/** `name self total` of each function of a thread: ms of time, or of what else is counted. */
function rows({ threads }: RecordedThreads, thread = 0): string[] {
  const profile = threads[thread]?.profile;
  if (profile === undefined) throw new Error('no such thread');
  const window = { startUs: profile.startTimeUs, endUs: profile.endTimeUs };
  return functionTotals(profile, window, () => false)
    .functions.filter(({ frame, selfUs }) => frame.name !== '(root)' || selfUs > 0)
    .map(
      ({ frame: { name, url, line }, selfUs, totalUs }) =>
        `${name}${url === '' ? '' : ` ${url}:${line}`} ${Number((selfUs / 1000).toPrecision(9))} ${Number((totalUs / 1000).toPrecision(9))}`,
    )
    .toSorted();
}

const FOLDED = 'main;run;fib;fib 5\r\nmain;run 2\n\n# a comment\nmain;idle loop 1.5\n';

describe('folded stacks', () => {
  test('spaces in names, parts of counts, blank lines, CRLF, recursion', async () => {
    const found = await read('folded stacks', FOLDED);
    expect(found.measure).toEqual({ unit: 'samples', isOrdered: false, hasThreads: false });
    expect(rows(found)).toEqual(['fib 5 5', 'idle loop 1.5 1.5', 'main 0 8.5', 'run 2 7']);
  });

  test.each([
    { label: 'run (/p/a.js:3)', row: 'run /p/a.js:3 1 1' },
    { label: '(anonymous) (/p/a b.js:3)', row: ' /p/a b.js:3 1 1' },
    { label: 'LazyCompile:*run file:///p/a.js:3:7', row: 'run file:///p/a.js:3 1 1' },
    { label: 'JS:~ /p/a.js:3', row: ' /p/a.js:3 1 1' },
    { label: 'std::vector<a (b)>::at(int)', row: 'std::vector<a (b)>::at(int) 1 1' },
  ])('a frame: $label', async ({ label, row }) => {
    expect(rows(await read('folded stacks', `${label} 1\n`))).toEqual([row]);
  });

  test('odd lines among good ones are skipped, and reported', async () => {
    const { flaws } = await read('folded stacks', 'a 1\n// words\nb 2\nc 3\n');
    expect(flaws).toEqual([{ kind: 'lines skipped', lines: 1, first: 2 }]);
  });

  test.each([
    { what: 'cut off', text: 'a;b 1\na;', says: 'it ends within line 2' },
    { what: 'mostly something else', text: 'a\nb\nc 1\n', says: 'line 1 is not a stack and a count: "a"' },
    { what: 'a difference', text: 'a;b 1 2\na 3 4\n', says: 'two counts' },
    { what: 'a count without an end', text: `a ${'9'.repeat(400)}\n`, says: 'the count of line 1' },
  ])('$what is refused', async ({ text, says }) => {
    await expect(read('folded stacks', text)).rejects.toThrow(says);
  });
});

const sampled = { type: 'sampled', name: 't', unit: 'milliseconds', startValue: 0, endValue: 6 };
const frames = [{ name: 'main' }, { name: 'work', file: '/p/a.js', line: 3, col: 2 }];
const speedscope = (profiles: readonly object[], more: object = {}) =>
  JSON.stringify({ shared: { frames }, profiles, ...more });

describe('speedscope', () => {
  const evented = {
    ...{ ...sampled, type: 'evented', name: 'other' },
    events: [
      { type: 'O', frame: 0, at: 1 },
      { type: 'O', frame: 1, at: 2 },
      { type: 'C', frame: 1, at: 4 },
      { type: 'C', frame: 0, at: 5 },
    ],
  };

  test('stacks with weights; an empty one is a later start, or time at no function', async () => {
    const weights = { samples: [[], [0, 1], [], [0]], weights: [1, 2, 1, 2] };
    const found = await read('speedscope', speedscope([{ ...sampled, ...weights }]));
    expect(found.measure).toEqual({ unit: 'time', isOrdered: true, hasThreads: false });
    expect(rows(found)).toEqual(['(root) 1 5', 'main 2 4', 'work /p/a.js:3 2 2']);
    const { startTimeUs, sampleTimesUs } = found.threads[0]?.profile ?? {};
    expect([startTimeUs, sampleTimesUs?.[0]]).toEqual([0, 1000]);
  });

  test('events, and a thread a profile', async () => {
    const plain = { ...sampled, samples: [[1]], weights: [6] };
    const found = await read('speedscope', speedscope([evented, plain]));
    expect(found.threads.map(({ name }) => name)).toEqual(['other', 't']);
    expect(rows(found)).toEqual(['(root) 1 5', 'main 2 4', 'work /p/a.js:3 2 2']);
    expect(rows(found, 1)).toEqual(['work /p/a.js:3 6 6']);
  });

  test.each([
    { unit: 'none', counted: 'samples', self: 6 },
    { unit: 'bytes', counted: 'bytes', self: 6 },
    { unit: 'seconds', counted: 'time', self: 6000 },
    { unit: 'nanoseconds', counted: 'time', self: 6e-6 },
  ])('$unit', async ({ unit, counted, self }) => {
    const found = await read('speedscope', speedscope([{ ...sampled, unit, samples: [[0]], weights: [6] }]));
    expect(found.measure).toMatchObject({ unit: counted, isOrdered: counted === 'time' });
    expect(rows(found)).toEqual([`main ${self} ${self}`]);
  });

  test('one broken profile, or one of another unit, does not spoil the rest', async () => {
    const good = { ...sampled, samples: [[0]], weights: [6] };
    const bad = { ...good, name: 'bad', samples: [[7]] };
    const bytes = { ...good, name: 'sizes', unit: 'bytes' };
    const found = await read('speedscope', speedscope([bad, bytes, good], { activeProfileIndex: 2 }));
    expect(rows(found)).toEqual(['main 6 6']);
    expect(found.flaws).toMatchObject([
      { kind: 'thread skipped', thread: 'bad', why: expect.stringContaining('profiles[0].samples[0]') },
      { kind: 'thread skipped', thread: 'sizes', why: expect.stringContaining('bytes') },
    ]);
  });

  test.each([
    { what: 'fewer weights', profile: { samples: [[0]], weights: [] }, says: '1 samples but 0 weights' },
    { what: 'a negative weight', profile: { samples: [[0]], weights: [-1] }, says: 'profiles[0].weights[0]' },
    {
      what: 'a frame that is closed twice',
      profile: { ...evented, events: [...evented.events, { type: 'C', frame: 0, at: 5 }] },
      says: 'profiles[0].events[4] closes a frame',
    },
    {
      what: 'events out of order',
      profile: { ...evented, events: evented.events.toReversed() },
      says: 'profiles[0].events[0] closes a frame',
    },
    { what: 'another unit', profile: { unit: 'furlongs' }, says: 'unit' },
  ])('$what: refused', async ({ profile, says }) => {
    await expect(read('speedscope', speedscope([{ ...sampled, ...profile }]))).rejects.toThrow(says);
  });

  test('cut off, it is refused with the place', async () => {
    await expect(read('speedscope', speedscope([]).slice(0, -3))).rejects.toThrow(/position|at byte/);
  });
});

describe('V8 heap profiles', () => {
  const node = (functionName: string, selfSize: unknown, children: readonly object[] = []) => ({
    callFrame: {
      functionName,
      url: functionName === '(root)' ? '' : 'file:///a.js',
      lineNumber: 3,
      columnNumber: 0,
    },
    ...{ selfSize, children },
  });

  test('bytes by call path, without times and threads', async () => {
    const tree = node('(root)', 0, [node('make', 100, [node('part', 20), node('make', 3)]), node('', 7)]);
    const found = await read('heap profile', JSON.stringify({ head: tree, samples: [] }));
    expect(found.measure).toEqual({ unit: 'bytes', isOrdered: false, hasThreads: false });
    expect(rows(found)).toEqual([
      ' file:///a.js:4 7 7',
      'make file:///a.js:4 103 123',
      'part file:///a.js:4 20 20',
    ]);
  });

  test('a path of a hundred thousand calls', async () => {
    const deep = Array.from(
      { length: 100_000 },
      () => `{"callFrame":{"functionName":"f"},"selfSize":1,"children":[`,
    );
    const text = `{"head":${deep.join('')}${']}'.repeat(100_000)}}`;
    expect(rows(await read('heap profile', text))).toEqual(['f 100000 100000']);
  });

  test('what is wrong is named with its place', async () => {
    const tree = node('(root)', 0, [node('make', '1')]);
    await expect(read('heap profile', JSON.stringify({ head: tree }))).rejects.toThrow(
      'head.children[0].selfSize is not a number of bytes',
    );
  });
});

interface DrawnPprof {
  readonly types?: readonly (readonly [type: string, unit: string])[];
  /** The innermost location first, each with the functions in it, the innermost first. */
  readonly stack?: readonly (readonly string[])[];
  readonly values?: readonly (readonly (number | bigint)[])[];
  readonly labels?: readonly (readonly (readonly [key: string, value: string | number])[])[];
  readonly preferred?: string;
  readonly period?: readonly [count: number, type: string, unit: string];
}

/** One stack, and a sample for each list of values. */
function pprofOf(drawn: DrawnPprof): Uint8Array {
  const { types = [['cpu', 'nanoseconds']], stack = [['f']], values = [[1e6]], labels = [] } = drawn;
  const stringTable = new StringTable();
  const text = (value: string) => stringTable.dedup(value);
  const names = [...new Set(stack.flat())];
  const type = ([name, unit]: readonly [string, string]) =>
    new ValueType({ type: text(name), unit: text(unit) });
  return new Profile({
    stringTable,
    sampleType: types.map(type),
    function: names.map(
      (name, index) => new PprofFunction({ id: index + 1, name: text(name), filename: text('a.go') }),
    ),
    location: stack.map(
      (functions, index) =>
        new Location({
          id: index + 1,
          line: functions.map((name) => new Line({ functionId: names.indexOf(name) + 1, line: 9 })),
        }),
    ),
    sample: values.map(
      (value, index) =>
        new Sample({
          locationId: stack.map((_, at) => at + 1),
          value: [...value],
          label: (labels[index] ?? []).map(([key, of]) =>
            typeof of === 'string'
              ? new Label({ key: text(key), str: text(of) })
              : new Label({ key: text(key), num: of }),
          ),
        }),
    ),
    defaultSampleType: text(drawn.preferred ?? ''),
    ...(drawn.period === undefined
      ? {}
      : { period: drawn.period[0], periodType: type([drawn.period[1], drawn.period[2]]) }),
  }).encode();
}

describe('pprof', () => {
  test('the innermost function last, inlined ones in their order', async () => {
    const found = await read('pprof', pprofOf({ stack: [['inlined', 'leaf'], ['main']] }));
    expect(found.measure).toEqual({ unit: 'time', isOrdered: false, hasThreads: false });
    expect(rows(found)).toEqual(['inlined a.go:0 1 1', 'leaf a.go:0 0 1', 'main a.go:0 0 1']);
  });

  const cpu = ['cpu', 'nanoseconds'] as const;
  const samples = ['samples', 'count'] as const;
  const wall = ['wall', 'microseconds'] as const;
  const space = ['inuse_space', 'bytes'] as const;
  const objects = ['inuse_objects', 'count'] as const;
  test.each([
    { what: 'CPU time first', types: [cpu, wall, samples], unit: 'time', self: 1e-6 },
    { what: 'wall time rather than counts', types: [wall, samples], unit: 'time', self: 1e-3 },
    { what: 'the last, of what is no time', types: [objects, space], unit: 'bytes', self: 2 },
    {
      what: 'what the file prefers',
      types: [objects, space],
      preferred: 'inuse_objects',
      unit: 'inuse_objects',
      self: 1,
    },
    { what: 'counts alone', types: [samples], unit: 'samples', self: 1 },
    {
      what: 'counts with a period',
      types: [samples],
      period: [10, 'cpu', 'milliseconds'],
      unit: 'time',
      self: 10,
    },
  ] as const)('$what', async ({ types, unit, self, what: _, ...more }) => {
    const found = await read(
      'pprof',
      pprofOf({ types, values: [types.map((_type, index) => index + 1)], ...more }),
    );
    expect(found.measure?.unit).toBe(unit);
    expect(rows(found)).toEqual([`f a.go:0 ${self} ${self}`]);
    expect(found.flaws).toHaveLength(types.length > 1 || 'period' in more ? 1 : 0);
  });

  test('what is counted is plain text, whatever the file calls it', async () => {
    const found = await read('pprof', pprofOf({ types: [['\u001b[31m<b>|', 'count']] }));
    expect(found.measure?.unit).toBe('__31m_b__');
  });

  test('threads by their labels, main first, of one name by their ids', async () => {
    const labels = [
      [
        ['thread name', 'pool'],
        ['thread id', 7],
      ],
      [
        ['thread name', 'pool'],
        ['thread id', 8],
      ],
      [['thread', 'main']],
    ] as const;
    const found = await read('pprof', pprofOf({ values: [[1e6], [2e6], [4e6]], labels }));
    expect(found.threads.map(({ name }) => name)).toEqual(['main', 'pool (7)', 'pool (8)']);
    expect(found.threads.map((_, index) => rows(found, index))).toEqual([
      ['f a.go:0 4 4'],
      ['f a.go:0 1 1'],
      ['f a.go:0 2 2'],
    ]);
    expect(found.measure?.hasThreads).toBe(true);
  });

  test('values beyond 2^53', async () => {
    const values = [[2n ** 60n]];
    expect(rows(await read('pprof', pprofOf({ types: [space], values })))).toEqual([
      `f a.go:0 ${Number((2 ** 60).toPrecision(9))} ${Number((2 ** 60).toPrecision(9))}`,
    ]);
  });

  test('locations without functions are shown by their address', async () => {
    const found = await read('pprof', pprofOf({ stack: [[], ['main']] }));
    expect(rows(found)).toEqual(['(unknown) 1 1', 'main a.go:0 0 1']);
  });

  test.each([
    { what: 'a difference', bytes: pprofOf({ values: [[-5n]] }), says: 'sample 1 is negative' },
    { what: 'cut off', bytes: pprofOf({}).slice(0, 40), says: 'pprof' },
    { what: 'an old binary profile', bytes: new Uint8Array(40), says: 'pprof -proto' },
    {
      what: 'fewer values than types',
      bytes: pprofOf({ types: [cpu, wall] }),
      says: 'sample 1 has 1 values',
    },
    { what: 'nothing', bytes: new Uint8Array(), says: 'it is empty' },
  ])('$what is refused', async ({ bytes, says }) => {
    await expect(read('pprof', bytes)).rejects.toThrow(says);
  });
});

describe('what a file is, its content says', () => {
  const heap = '"head":{"callFrame":{"functionName":"(root)"},"selfSize":0}';
  test.each([
    { content: FOLDED, kind: 'folded stacks' },
    { content: `\n\n${FOLDED}`, kind: 'folded stacks' },
    { content: '\ufeffmain;run 2\n', kind: 'folded stacks' },
    { content: '[unknown];[libc.so];main 3\n', kind: 'folded stacks' },
    { content: '{closure};main 3\n', kind: 'folded stacks' },
    { content: '[\n  {"ts": 3\n', kind: 'V8 profile' },
    { content: pprofOf({}), kind: 'pprof' },
    { content: speedscope([]), kind: 'speedscope' },
    { content: '{"profiles":[{"unit":"none"}]}', kind: 'speedscope' },
    { content: `{${heap}}`, kind: 'heap profile' },
    { content: `{"samples":[{"size":1,"nodeId":2}],${heap}}`, kind: 'heap profile' },
    { content: '{"samples":[1],"timeDeltas":[1]}', kind: 'V8 profile' },
    { content: '{"head":{"functionName":"(root)"}}', kind: 'V8 profile' },
    { content: '\ufeff[{}]', kind: 'V8 profile' },
    { content: 'node 1 2.5: cpu-clock:\n\t  ab12 main (/bin/a)\n', kind: 'perf script' },
    { content: '--- contentionz 1 ---\ncycles/second = 2\n', kind: 'old pprof text' },
    { content: '{"meta":{"interval":1,"processType":0}}', kind: 'Firefox profile' },
    { content: '{"version":1.2,"mode":"cpu","missed_samples":0}', kind: 'stackprof' },
    { content: 'some words\n', kind: 'other' },
    { content: '{"schemaVersion":1}', kind: 'other' },
  ])('$kind', ({ content, kind }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    expect(new KindProbe().write(bytes)).toBe(kind);
  });
});
