import { describe, expect, test } from 'vitest';
import {
  PROFILER,
  profileBegins,
  profilePart,
  samplesOf,
  threadName,
  traceNode,
} from '../../tests/support/trace-of.ts';
import { functionTotals } from './function-totals.ts';
import type { RecordedThreads } from './model.ts';
import { RecordingReader } from './recording-reader.ts';

const TREE = [traceNode(1, '(root)', 0), traceNode(2, 'work', 1), traceNode(3, 'rest', 1)];
const WORK = samplesOf(TREE, [2, 3, 2], [100, 200, 300]);

function readText(text: string): RecordedThreads {
  const reader = new RecordingReader('trace.json');
  reader.write(Buffer.from(text));
  return reader.end();
}

/** The self time of each function of each thread, µs. */
function read(events: readonly object[]) {
  const { threads, flaws } = readText(JSON.stringify(events));
  return { threads: threads.map(shown), flaws };
}

function shown({ name, profile }: RecordedThreads['threads'][number]) {
  const { startTimeUs: startUs, endTimeUs: endUs } = profile;
  const { functions } = functionTotals(profile, { startUs, endUs }, () => false);
  const self = functions.filter(({ selfUs }) => selfUs > 0);
  return {
    name,
    startUs,
    endUs,
    ...Object.fromEntries(self.map(({ frame, selfUs }) => [frame.name, selfUs])),
  };
}

const WHOLE = { name: 'main', startUs: 1000, endUs: 2000, work: 600, rest: 300 };

describe('one thread, whoever wrote its events', () => {
  const end = profilePart({ endTime: 2000 });
  test.each([
    { what: 'as Chrome writes it', events: [profileBegins({ startTime: 1000 }), profilePart(WORK), end] },
    {
      what: 'numbers as ids',
      events: [
        profileBegins({ startTime: 1000 }, { id: 5 }),
        profilePart({ ...WORK, endTime: 2000 }, { id: 5, tid: 9 }),
      ],
    },
    {
      what: 'a number here and its text there',
      events: [
        profileBegins({ startTime: 1000 }, { id: 5, pid: '1' }),
        profilePart({ ...WORK, endTime: 2000 }, { id: '5', tid: '9' }),
      ],
    },
    {
      what: 'ids within id2',
      events: [
        profileBegins({ startTime: 1000 }, { id: undefined, id2: { local: '0x7' } }),
        profilePart({ ...WORK, endTime: 2000 }, { id: undefined, id2: { local: '0x7' }, tid: 9 }),
      ],
    },
    {
      what: 'parts without an id, by another thread',
      events: [
        profileBegins({ startTime: 1000 }, { id: undefined }),
        profilePart({ ...WORK, endTime: 2000 }, { id: undefined, tid: 9 }),
      ],
    },
    {
      what: 'the end before the samples',
      events: [
        profileBegins({ startTime: 1000 }),
        profilePart({ endTime: 2000 }, { ts: 2100 }),
        profilePart(WORK),
      ],
    },
    {
      what: 'the end within cpuProfile, and an interim end after it',
      events: [
        profileBegins({ startTime: 1000 }),
        profilePart({ ...WORK, endTime: 1400 }),
        profilePart({ cpuProfile: { endTime: 2000 } }),
        profilePart({ endTime: 1900 }),
      ],
    },
    {
      what: 'no start but the time of the event',
      events: [profileBegins({}), profilePart(WORK), end],
    },
    {
      what: 'other events of the same names',
      events: [
        profileBegins({ startTime: 1000 }),
        profilePart(WORK),
        end,
        { ...profileBegins({ startTime: 7 }), cat: 'blink.user_timing' },
        { ...profileBegins({}), cat: 'blink.user_timing', ph: 'b' },
        { ...profilePart({ endTime: 9000 }), ph: 'X' },
        { ...profilePart({ endTime: 9000 }), cat: 'devtools.timeline,toplevel' },
      ],
    },
    {
      what: 'several categories in one event',
      events: [
        profileBegins({ startTime: 1000 }, { cat: `x,${PROFILER.cat}.hires` }),
        profilePart({ ...WORK, endTime: 2000 }, { cat: `x,${PROFILER.cat}` }),
      ],
    },
  ])('$what', ({ events }) => {
    expect(read([threadName('main'), ...events])).toEqual({ threads: [WHOLE], flaws: [] });
    expect(read([...events, threadName('main')])).toEqual({ threads: [WHOLE], flaws: [] });
  });
});

test('a start and an end of one event go before those of the beginning, which may be on another clock', () => {
  const own = { ...WORK, cpuProfile: { ...WORK.cpuProfile, startTime: 470_000_000, endTime: 470_001_000 } };
  const { threads } = read([
    threadName('main'),
    profileBegins({ startTime: 0 }, { ts: 7 }),
    profilePart(own),
  ]);
  expect(threads).toEqual([{ ...WHOLE, startUs: 470_000_000, endUs: 470_001_000 }]);
});

test('parts whose beginning is missing, but not their root, are placed by when the first was written', () => {
  const { threads, flaws } = read([profilePart({ ...WORK }), profilePart({ endTime: 1600 })]);
  // Written at 1500, 600 µs after it began.
  expect({ threads, flaws }).toEqual({
    threads: [{ name: 'thread', startUs: 900, endUs: 1600, work: 300, rest: 300 }],
    flaws: [],
  });
});

describe('one bad part does not spoil the rest', () => {
  const good = [
    threadName('main'),
    profileBegins({ startTime: 1000 }),
    profilePart({ ...WORK, endTime: 2000 }),
  ];
  const other = { id: '0x9', tid: 5 };

  test('a thread that nothing can be made of', () => {
    const bad = [
      threadName('bad', { tid: 5 }),
      profileBegins({ startTime: 1000 }, other),
      profilePart(samplesOf([traceNode(8, 'orphan', 7)], [8], [100]), other),
    ];
    expect(read([...bad, ...good])).toEqual({
      threads: [WHOLE],
      flaws: [
        { kind: 'thread skipped', thread: 'bad', why: 'node 8 has the parent 7, which does not exist' },
      ],
    });
  });

  test('the end of an earlier profile', () => {
    const leftover = profilePart(samplesOf([traceNode(9, 'earlier', 3)], [9, 9], [100, 200]), other);
    expect(read([leftover, ...good])).toEqual({
      threads: [WHOLE],
      flaws: [{ kind: 'headless part skipped', thread: 'thread', samples: 2 }],
    });
  });

  test('a lost part: what hangs from its nodes is skipped, and its time stays at the root', () => {
    const begin = [threadName('main'), profileBegins({ startTime: 1000 })];
    const first = profilePart(samplesOf(TREE, [2, 3], [100, 200]));
    // The part with node 4 is lost.
    const last = profilePart(
      {
        ...samplesOf([traceNode(5, 'inner', 4), traceNode(6, 'innermost', 5)], [6, 4, 2], [300, 40, 2]),
        endTime: 2000,
      },
      { ts: 1700 },
    );
    expect(read([...begin, first, last])).toEqual({
      threads: [{ name: 'main', startUs: 1000, endUs: 2000, work: 200 + 358, rest: 300, '(root)': 42 }],
      flaws: [
        { kind: 'nodes skipped', thread: 'main', nodes: 2 },
        { kind: 'samples skipped', thread: 'main', samples: 2, spentUs: 42 },
      ],
    });
  });

  test('a part with fewer samples than times: its time is kept, and nobody’s', () => {
    const begin = [threadName('main'), profileBegins({ startTime: 1000 })];
    const broken = profilePart(samplesOf([], [2], [300, 50]));
    const last = profilePart({ ...samplesOf([], [3], [50]), endTime: 2000 }, { ts: 1700 });
    expect(read([...begin, profilePart(samplesOf(TREE, [2], [100])), broken, last])).toEqual({
      threads: [{ name: 'main', startUs: 1000, endUs: 2000, work: 300, rest: 500, '(root)': 100 }],
      flaws: [{ kind: 'samples skipped', thread: 'main', samples: 2, spentUs: 100 }],
    });
  });

  test('a child that is named and not there', () => {
    const root = { ...traceNode(1, '(root)', 0), children: [2, 3, 77] };
    const part = { ...samplesOf([root, ...TREE.slice(1)], [2, 3, 2], [100, 200, 300]), endTime: 2000 };
    expect(read([threadName('main'), profileBegins({ startTime: 1000 }), profilePart(part)])).toEqual({
      threads: [WHOLE],
      flaws: [{ kind: 'nodes skipped', thread: 'main', nodes: 1 }],
    });
  });

  test('nothing but bad parts is refused, with the first reason', () =>
    expect(() => read([profilePart(samplesOf([traceNode(8, 'orphan', 7)], [8], [100]))])).toThrow(
      'the end of a profile whose beginning is not in the file',
    ));
});

describe('a thread that was recorded twice', () => {
  const twice = (startUs: number, endUs: number, id: string) => [
    profileBegins({ startTime: startUs }, { id }),
    profilePart({ ...samplesOf(TREE, [2, 2], [0, 500]), endTime: endUs }, { id, tid: 9 }),
  ];

  test.each([
    { what: 'at once', second: [1000, 3000], threads: [['main', 2000]], overlapUs: 2000 },
    { what: 'within the other', second: [1500, 2500], threads: [['main', 2000]], overlapUs: 1000 },
    {
      what: 'from before the other’s end on',
      second: [2500, 4000],
      threads: [
        ['main', 2000],
        ['main #2', 1000],
      ],
      overlapUs: 500,
    },
    {
      what: 'up to the other’s beginning and beyond it',
      second: [500, 1100],
      threads: [
        ['main', 500],
        ['main #2', 2000],
      ],
      overlapUs: 100,
    },
  ])('$what counts once', ({ second: [startUs = 0, endUs = 0], threads, overlapUs }) => {
    const found = read([threadName('main'), ...twice(1000, 3000, '0x1'), ...twice(startUs, endUs, '0x2')]);
    expect(found.threads.map((thread) => [thread.name, thread.endUs - thread.startUs])).toEqual(threads);
    expect(found.flaws).toMatchObject([{ kind: 'recorded twice', overlapUs }]);
  });

  test('one after the other is no repetition', () => {
    const found = read([threadName('main'), ...twice(1000, 3000, '0x1'), ...twice(3000, 4000, '0x2')]);
    expect(found).toMatchObject({ threads: [{ name: 'main' }, { name: 'main #2' }], flaws: [] });
  });
});

describe('threads are called by their role', () => {
  const thread = (name: string, at: { pid: number; tid: number }, startTime = 1000) => [
    threadName(name, at),
    profileBegins({ startTime }, { ...at, id: `0x${at.tid}` }),
    profilePart({ ...WORK, endTime: 2000 }, { ...at, id: `0x${at.tid}` }),
  ];
  const processName = (pid: number, name: string) => ({
    ...threadName(name, { pid }),
    name: 'process_name',
  });

  test('whatever the numbers of their processes, and the order of their events', () => {
    const one = read([
      ...thread('CrRendererMain', { pid: 10, tid: 7 }),
      ...thread('Compositor', { pid: 20, tid: 7 }),
    ]);
    const other = read([
      ...thread('Compositor', { pid: 42, tid: 1 }),
      ...thread('CrRendererMain', { pid: 31, tid: 3 }),
    ]);
    expect(other).toEqual(one);
    expect(one.threads.map(({ name }) => name)).toEqual(['CrRendererMain', 'Compositor']);
  });

  test('processes are told apart by what they are', () => {
    const { threads } = read([
      processName(10, 'Renderer'),
      processName(20, 'GPU Process'),
      ...thread('Worker', { pid: 20, tid: 7 }),
      ...thread('Worker', { pid: 10, tid: 8 }, 1001),
    ]);
    expect(threads.map(({ name }) => name)).toEqual(['Worker (GPU Process)', 'Worker (Renderer)']);
  });

  test('alike threads are numbered by when they began', () => {
    const { threads } = read([
      ...thread('Worker', { pid: 1, tid: 8 }, 1500),
      ...thread('Worker', { pid: 1, tid: 7 }, 1400),
    ]);
    expect(threads.map(({ name, startUs }) => [name, startUs])).toEqual([
      ['Worker', 1400],
      ['Worker #2', 1500],
    ]);
  });
});

describe('the list of events', () => {
  const events = [
    threadName('main'),
    profileBegins({ startTime: 1000 }),
    profilePart({ ...WORK, endTime: 2000 }),
  ];
  const list = JSON.stringify(events);

  test.each([
    { what: 'without its closing bracket', text: list.slice(0, -1) },
    { what: 'with a comma at the end', text: `${list.slice(0, -1)},\n` },
    { what: 'with a comma before its closing bracket', text: `${list.slice(0, -1)},]` },
    { what: 'in an object, with such a comma', text: `{"traceEvents":${list.slice(0, -1)},],"metadata":{}}` },
    { what: 'behind a byte order mark', text: `\ufeff${list}` },
  ])('$what', ({ text }) => expect(readText(text).threads.map(shown)).toEqual([WHOLE]));

  test.each([
    { what: 'cut off within an event', text: list.slice(0, -3) },
    { what: 'in an object that is not closed', text: `{"traceEvents":${list.slice(0, -1)}` },
    { what: 'of which nothing follows its bracket', text: '[' },
  ])('$what is refused', ({ text }) => expect(() => readText(text)).toThrow('found the end of the file'));
});
