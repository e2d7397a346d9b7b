/** Functions that V8 removes and functions that it keeps, each in a process of its own, as `bench --mode steady` runs them. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runInChild } from '../../src/capture/run-in-child.ts';
import { steadyMeasurementOf } from '../../src/workflow/steady-measurement.ts';
import { project, TEST_NODE } from '../support/outpace.ts';

const SHARED = `
  let counter = 0;
  const point = { x: 3, y: 4.5 };
  const numbers = Array.from({ length: 100 }, (_, index) => (index * 3) % 17);
  const byKey = new Map(numbers.map((value, index) => ['key' + index, value]));
`;

const REMOVED = {
  'nothing at all': 'run() {}',
  'a constant': 'run() { return 42; }',
  'a root that nobody reads': 'run() { Math.sqrt(point.x * point.y); }',
  'arithmetic on constants': 'run() { return Math.imul(17, 31) ^ 5; }',
  'an object that does not escape': 'run() { const pair = { a: 1, b: 2 }; return pair.a + pair.b; }',
  'an array that does not escape': 'run() { const list = [1, 2, 3]; list.length; }',
  'a character of constant text': "run() { 'abc'.charCodeAt(1); }",
  'a closure of a constant': 'run() { const five = () => 5; return five(); }',
};

const KEPT = {
  'a counter': 'run() { counter += 1; return counter; }',
  'a step of a generator':
    'run() { counter = (Math.imul(counter, 1664525) + 1013904223) | 0; return counter; }',
  'a sum': 'run() { let sum = 0; for (const one of numbers) sum += one; return sum; }',
  'an object that is returned': 'run() { return { a: (counter += 1), b: [1, 2] }; }',
  'a look-up': "run() { counter += 1; return byKey.get('key' + (counter & 63)); }",
  'joined text': "run() { counter += 1; return 'a' + counter; }",
  'random numbers': 'run() { return Math.random() + Math.random(); }',
  'parsed JSON': `run() { return JSON.parse('{"a":[1,2,3]}'); }`,
};

async function measured(code: string) {
  const root = await project({ 'impl-one/index.mjs': `${SHARED}\nexport function ${code}` });
  const result = await runInChild({
    request: {
      entry: join(root, 'impl-one/index.mjs'),
      input: {},
      pass: { kind: 'steady', plan: { timeMs: 150, minIterations: 15 } },
    },
    implementation: 'one',
    nodePath: TEST_NODE,
    nodeOptions: [],
    environment: process.env,
    stdinFile: null,
    timeoutMs: 30_000,
    cwd: root,
    signal: new AbortController().signal,
  });
  return { result, steady: steadyMeasurementOf(result) };
}

describe('removed by the optimiser', () => {
  test.each(Object.entries(REMOVED))('%s', { timeout: 60_000 }, async (_, code) => {
    const { steady } = await measured(code);
    expect(steady?.elimination).toMatchObject({ kind: 'removed' });
  });
});

describe('kept', () => {
  test.each(Object.entries(KEPT))('%s', { timeout: 60_000 }, async (_, code) => {
    const { steady } = await measured(code);
    const perCallNs = (steady?.measurement.wallMs ?? 0) * 1e6;
    expect(perCallNs).toBeGreaterThan(0);
    // A call that always takes more than 100 ns is not asked about.
    if (steady?.elimination === null) expect(perCallNs).toBeGreaterThan(100);
    else expect(steady?.elimination).toMatchObject({ kind: 'kept' });
  });
});

describe('a batch', () => {
  test('of a short run has many calls, one of a long run has one', { timeout: 60_000 }, async () => {
    const { result: short } = await measured(KEPT['a sum']);
    const { result: long } = await measured(
      'run() { for (let step = 0; step < 1e7; step += 1) counter = Math.imul(counter, step) + 1; return 1; }',
    );
    const { calls = [], clockFloorNs = 0 } = short.repeated ?? {};
    expect(calls.at(-1)).toBeGreaterThan(100);
    expect(clockFloorNs).toBeGreaterThan(0);
    const batchNs = (calls.at(-1) ?? 0) * (short.repeatedMs.at(-1) ?? 0) * 1e6;
    // Its length was planned from the batches before it, which the machine may have disturbed.
    expect(batchNs).toBeGreaterThan(100 * clockFloorNs);
    expect(new Set(long.repeated?.calls)).toEqual(new Set([1]));
  });

  test.each([
    ['promises', 'run() { return Promise.resolve(3); }'],
    ['chunks', "* run() { yield Buffer.from('x'); }"],
    [
      'at first a value, later a promise',
      'run() { counter += 1; return counter < 50 ? 7 : Promise.resolve(7); }',
    ],
  ])('of a run that returns %s waits for them', { timeout: 60_000 }, async (_, code) => {
    const { result } = await measured(code);
    expect(result.changedOutput).toBeNull();
    expect(result.repeated?.calls.at(-1)).toBeGreaterThan(1);
  });

  test('of a run that changes its input only after many calls is made again with copies', {
    timeout: 60_000,
  }, async () => {
    const { result } = await measured(
      'run(input) { if (input.used) return 8; counter += 1; if (counter > 300) input.used = true; return 7; }',
    );
    expect(result.changedOutput).toBeNull();
  });
});
