import { describe, expect, test } from 'vitest';
import { baselineText, type JobBaseline, parseBaseline, rangesIn, storedCalls, trustOf } from './baseline.ts';

const ENVIRONMENT = {
  node: '24.21.0',
  v8: '13.6.233.17-node.53',
  platform: 'linux x64',
  cpu: 'Some CPU',
  cores: 2,
  memoryBytes: 8 * 2 ** 30,
};
const JOB: JobBaseline = {
  implementation: 'new',
  input: { users: 10, seed: 1 },
  environment: ENVIRONMENT,
  threads: 1,
  output: { sha256: 'a'.repeat(64), sizeBytes: 5 },
  peakRssBytes: [100, 110],
  timeOverReference: [1.5, 1.25],
  calls: { 'b.ts:g': [787, 790], 'a.ts:f': 3 },
};

test('the text is in order, a function a line, lists on one line, and reads back as the same', () => {
  const baseline = { schemaVersion: 1, kind: 'baseline', jobs: { sums: JOB } } as const;
  const text = baselineText(baseline);
  expect(text).toBe(`{
  "jobs": {
    "sums": {
      "calls": {
        "a.ts:f": 3,
        "b.ts:g": [787,790]
      },
      "environment": {
        "cores": 2,
        "cpu": "Some CPU",
        "memoryBytes": 8589934592,
        "node": "24.21.0",
        "platform": "linux x64",
        "v8": "13.6.233.17-node.53"
      },
      "implementation": "new",
      "input": {
        "seed": 1,
        "users": 10
      },
      "output": {
        "sha256": "${'a'.repeat(64)}",
        "sizeBytes": 5
      },
      "peakRssBytes": [100,110],
      "threads": 1,
      "timeOverReference": [1.5,1.25]
    }
  },
  "kind": "baseline",
  "schemaVersion": 1
}
`);
  expect(parseBaseline(JSON.parse(text), 'b.json')).toEqual(baseline);
});

test('what is stored of calls: the job’s functions that were called; a range where runs differ', () => {
  const calls = storedCalls([
    { name: 'f', file: 'a.ts', line: 1, calls: [3, 3] },
    { name: 'g', file: 'node_modules/p/b.js', line: 1, calls: [790, 787] },
    { name: '', file: 'a.ts', line: 9, calls: [1, 1] },
    { name: 'never', file: 'a.ts', line: 5, calls: [0, 0] },
    { name: 'readFile', file: 'node:fs', line: 1, calls: [4, 4] },
    { name: '(garbage collector)', file: '', line: 0, calls: [4, 4] },
  ]);
  expect(calls).toEqual({ 'a.ts:f': 3, 'node_modules/p/b.js:g': [787, 790], 'a.ts:(anonymous)': 1 });
  expect(rangesIn({ ...JOB, calls })).toEqual(
    new Map([
      ['a.ts:f', { low: 3, high: 3 }],
      ['node_modules/p/b.js:g', { low: 787, high: 790 }],
      ['a.ts:(anonymous)', { low: 1, high: 1 }],
    ]),
  );
});

test.each([
  { raw: [], says: /kind|schemaVersion|object/ },
  {
    raw: { schemaVersion: 1, kind: 'baseline', jobs: { a: { ...JOB, peakRssBytes: [] } } },
    says: /peakRssBytes/,
  },
  {
    raw: { schemaVersion: 1, kind: 'baseline', jobs: { a: { ...JOB, calls: { f: -1 } } } },
    says: /calls\.f/,
  },
  {
    raw: { schemaVersion: 1, kind: 'baseline', jobs: { a: { ...JOB, calls: { f: 0.5 } } } },
    says: /calls\.f/,
  },
  { raw: { schemaVersion: 2, kind: 'baseline', jobs: {} }, says: /schemaVersion/ },
])('a file that is none is told: $says', ({ raw, says }) =>
  expect(() => parseBaseline(raw, 'b.json')).toThrow(says),
);

describe('what may fail a build elsewhere', () => {
  const may = (environment: Partial<typeof ENVIRONMENT>, threads = 1) => {
    const { calls, memory, time } = trustOf(JOB, {
      environment: { ...ENVIRONMENT, gitCommit: null, ...environment },
      threads,
    });
    return { calls: calls.mayFail, memory: memory.mayFail, time: time.mayFail };
  };

  test.each([
    { why: 'the same machine', here: {}, calls: true, memory: true, time: true },
    { why: 'another processor', here: { cpu: 'Other' }, calls: true, memory: true, time: false },
    { why: 'a patch of Node', here: { node: '24.21.1' }, calls: true, memory: true, time: false },
    {
      why: 'a little other memory',
      here: { memoryBytes: 8 * 2 ** 30 - 5000 },
      calls: true,
      memory: true,
      time: true,
    },
    { why: 'another system', here: { platform: 'darwin arm64' }, calls: true, memory: false, time: false },
    { why: 'another V8', here: { v8: '14.1.2', node: '26.1.0' }, calls: false, memory: false, time: false },
    { why: 'a patch of V8', here: { v8: '13.6.233.18-node.1' }, calls: true, memory: true, time: true },
  ])('$why', ({ here, calls, memory, time }) => expect(may(here)).toEqual({ calls, memory, time }));

  test('other cores change the calls of a job with threads only', () => {
    expect(may({ cores: 8 }).calls).toBe(true);
    expect(may({ cores: 8 }, 2).calls).toBe(false);
  });

  test('the reason is told', () =>
    expect(
      trustOf(JOB, { environment: { ...ENVIRONMENT, gitCommit: null, cpu: 'Other' }, threads: 1 }),
    ).toMatchObject({
      differences: ['processor: Some CPU in the baseline, Other here'],
      time: {
        mayFail: false,
        why: expect.stringContaining('processor: Some CPU in the baseline, Other here'),
      },
    }));
});
