/** Programs whose difference is known, explained from real runs; how often it is right is what benchmark:explain counts. */
import { describe, expect, test } from 'vitest';
import { type Comparison, compare, profile } from '../../src/index.ts';
import { project } from '../support/outpace.ts';

/** By its thread's CPU time: where other programs run, it gets only a part of the time that passes. */
const busy = (name: string, ms: number) => `function ${name}() {
  let sum = 0;
  const usedMs = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
  for (const end = usedMs() + ${ms}; usedMs() < end;)
    for (let turn = 0; turn < 20_000; turn += 1) sum = (sum * 31 + turn) | 0;
  return sum;
}`;

async function explained(
  before: string,
  after: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Comparison> {
  const cwd = await project({ 'impl-old/index.mjs': before, 'impl-new/index.mjs': after, ...more });
  for (const implementation of ['old', 'new']) await profile({ cwd, implementation, runs: 1 });
  return compare({ cwd });
}

describe('a function is told again', () => {
  const job = (code: string, call: string) => `${code}\nexport const run = () => ${call}();`;

  test('under another name', async () => {
    const { functions } = await explained(job(busy('hot', 50), 'hot'), job(busy('warm', 50), 'warm'));
    expect(functions.find(({ name }) => name === 'warm')).toMatchObject({
      change: 'renamed',
      formerly: { name: 'hot' },
      calls: { before: 1, after: 1 },
    });
  });

  test('in another file', async () => {
    const { functions, sampled } = await explained(
      job(busy('hot', 50), 'hot'),
      `import { hot } from './hot.mjs';\nexport const run = () => hot();`,
      { 'impl-new/hot.mjs': `export ${busy('hot', 50)}` },
    );
    expect(functions.find(({ name }) => name === 'hot')).toMatchObject({
      change: 'moved',
      file: 'impl-new/hot.mjs',
    });
    const sum = functions.reduce((all, { selfDeltaMs }) => all + selfDeltaMs.point, 0);
    expect(sum + sampled.residueMs).toBeCloseTo(sampled.deltaMs, 6);
    expect(Math.abs(sampled.residueMs)).toBeLessThan(0.001);
  });
});

test.runIf(process.platform === 'linux')('who waits for whom, and that it is no work', async () => {
  const code = `${busy('hot', 300)}\nhot();\nconst { workerData: lock } = require('node:worker_threads');
    Atomics.store(lock, 0, 1); Atomics.notify(lock, 0);`;
  const { timelines, split } = await explained(
    `${busy('hot', 300)}\nexport const run = () => hot() * 0;`,
    `import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    export async function run() {
      const lock = new Int32Array(new SharedArrayBuffer(4));
      const worker = new Worker(${JSON.stringify(code)}, { eval: true, workerData: lock });
      const ended = once(worker, 'exit');
      Atomics.wait(lock, 0, 0);
      await ended;
      return 0;
    }`,
  );
  const [main, worker] = timelines?.after.threads ?? [];
  expect(main?.waitingMs).toBeGreaterThan(200);
  expect(main?.waitedFor[0]).toMatchObject({ name: 'worker-1' });
  expect(main?.waitedFor[0]?.share).toBeGreaterThan(0.5);
  expect(worker?.cpuMs).toBeGreaterThan(200);
  expect(timelines?.after.criticalPath.map(({ name }) => name)).toContain('worker-1');
  expect(timelines?.after.helpers).not.toBeNull();
  // About as much work on as many busy cores: nothing was saved by more cores.
  expect(Math.abs(split?.parallelism.after ?? 0)).toBeLessThan(1.8);
});

test.runIf(process.platform === 'linux')(
  'sixty waits against six are less waiting, not less work',
  async () => {
    const waits = (count: number) =>
      `export async function run() {
      for (let wait = 0; wait < ${count}; wait += 1) await new Promise((done) => setTimeout(done, 5));
      return 0;
    }`;
    const { split, before, after } = await explained(waits(60), waits(6));
    // 54 waits of 5 ms and more each.
    expect(split?.lessWaiting?.savedMs.point).toBeGreaterThan(0.8 * (split?.savedMs ?? Number.NaN));
    expect(split?.lessWork.savedMs.point).toBeLessThan(2 * (before.cpuMs?.point ?? Number.NaN));
    expect(split?.waitingRatio?.before).toBeGreaterThan(0.5);
    expect(after.cpuMs).not.toBeNull();
  },
);
