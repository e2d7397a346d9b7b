import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { newestReport } from '../support/newest-report.ts';
import { project } from '../support/outpace.ts';
import { repository } from '../support/repository.ts';

const ANSWERS = `const { parentPort } = require('node:worker_threads');
  function part(i) { return i % 7; }
  parentPort.on('message', (n) => { let s = 0; for (let i = 0; i < n; i += 1) s += part(i); parentPort.postMessage(s); });`;
const START = `import { Worker } from 'node:worker_threads';
  const start = (code) => new Worker(code, { eval: true });
  const answer = (worker) => new Promise((resolve) => worker.once('message', resolve));`;
const worker = (code: string) => `start(${JSON.stringify(code)})`;
const SAY = "require('node:worker_threads').parentPort.postMessage(7);";

/** Jobs whose workers are alive when the run ends, or have just ended unseen. */
const JOBS = {
  'a worker that is kept': `export async function run() {
      const one = ${worker(ANSWERS)}; one.postMessage(1e5); return answer(one); }`,
  "a worker that is kept and unref'd": `export async function run() {
      const one = ${worker(ANSWERS)}; one.postMessage(1e5); const s = await answer(one); one.unref(); return s; }`,
  "a worker of setup that is unref'd": `let one;
    export function setup() { one = ${worker(ANSWERS)}; one.unref(); }
    export async function run() { one.ref(); one.postMessage(1e5); const s = await answer(one); one.unref(); return s; }`,
  "a worker that ends by itself, unref'd": `export async function run() {
      const one = ${worker(SAY)}; const s = await answer(one); one.unref(); return s; }`,
  "a worker that never ends its turn, unref'd": `export async function run() {
      const one = ${worker(`${SAY} for (;;);`)}; const s = await answer(one); one.unref(); return s; }`,
  "a worker in Atomics.wait, unref'd": `export async function run() {
      const one = ${worker(`${SAY} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`)};
      const s = await answer(one); one.unref(); return s; }`,
} as const;

describe('workers that a job keeps', () => {
  test.each(Object.entries(JOBS))('%s', async (_, code) => {
    const root = await project({ 'impl-old/index.mjs': `${START}\n${code}` });
    const profiled = await outpace(root, ['profile', 'old', '--runs', '1', '--timeout', '20s']);
    expect(profiled).toMatchObject({ exitCode: 0 });
    const { report } = await newestReport(root);
    expect(report.threads.map(({ name }) => name)).toEqual(['main', 'worker-1']);
    expect(report.totalCalls).toBeGreaterThan(0);
    if (code.includes('part(i)')) {
      expect(report.functions.find(({ name }) => name === 'part')?.calls).toBe(100_000);
    }
    expect(await outpace(root, ['run', 'old', '--timeout', '20s'])).toMatchObject({ exitCode: 0 });
  });

  test('are no obstacle to repetitions', async () => {
    const code = `${START}\n${JOBS["a worker of setup that is unref'd"]}`;
    const root = await project({ 'impl-old/index.mjs': code, 'impl-new/index.mjs': code });
    const { exitCode, stderr } = await outpace(root, ['bench', '--mode', 'steady', '--pairs', '1']);
    expect(stderr).not.toContain('failed');
    expect(exitCode).toBe(0);
  });

  test('beside an unref’d worker, a promise that nothing resolves fails at once, as under plain Node', async () => {
    const root = await project({
      'impl-old/index.mjs': `${START}
        export async function run() {
          const one = ${worker(ANSWERS)}; one.postMessage(1); await answer(one); one.unref();
          return new Promise(() => undefined); }`,
    });
    const { exitCode, stderr } = await outpace(root, ['profile', 'old', '--timeout', '20s']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('nothing is left to wait for');
  });

  const OUT_OF_MEMORY = `import { Worker } from 'node:worker_threads';
    export async function run() {
      const one = new Worker('const a = []; for (;;) a.push({ n: a.length });', { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
      return new Promise((resolve) => one.on('error', ({ code }) => resolve(code)));
    }`;

  test('one that reaches its heap limit ends as under plain Node, in every pass', async () => {
    const root = await project({ 'impl-old/index.mjs': OUT_OF_MEMORY });
    const { exitCode, stderr } = await outpace(root, ['profile', 'old', '--runs', '1', '--timeout', '20s']);
    expect(stderr).not.toContain('time limit');
    expect(exitCode).toBe(0);
    expect((await newestReport(root)).report.output.sizeBytes).toBe('"ERR_WORKER_OUT_OF_MEMORY"'.length);
  });

  const BLOCKED = `require('node:worker_threads').parentPort.on('message', (file) =>
    require('node:child_process').spawnSync('sh', ['-c', 'touch "$0"; exec sleep 60', file]));`;

  test.each([
    { what: 'reaches its heap limit', code: OUT_OF_MEMORY, warnings: [] },
    {
      what: 'never ends its turn',
      code: `${START}\n${JOBS["a worker that never ends its turn, unref'd"]}`,
      warnings: [],
    },
    {
      what: 'waits outside of JavaScript',
      // The file appears when the worker is inside of spawnSync, where no command reaches it.
      code: `${START}
        import { existsSync } from 'node:fs';
        import { setTimeout } from 'node:timers/promises';
        export async function run() {
          const file = import.meta.dirname + '/blocked-' + process.pid;
          const one = ${worker(BLOCKED)}; one.unref(); one.postMessage(file);
          while (!existsSync(file)) await setTimeout(10);
          return 7; }`,
      warnings: [
        /^whether these threads load the files of their own tree is not known: worker-1 \(it did not answer/,
      ],
    },
  ])(
    'one that $what does not stop the gate, which says what it cannot know',
    async ({ code, warnings }) => {
      const root = await repository({ 'impl-new/index.mjs': code });
      await writeFile(join(root, 'impl-new/index.mjs'), `${code}\n// changed`);
      // Recorded runs are what such a worker could stop: no run is timed.
      const { world: machine } = hybridMachine(() => ({ wallMs: 5 }));
      const args = ['check', '--max-slowdown', '10000%', '--timeout', '20s', '--json', '--quiet'];
      const { exitCode, stdout, stderr } = await outpace(root, args, { machine });
      expect(stderr).toBe('');
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout).warnings).toEqual(warnings.map((pattern) => expect.stringMatching(pattern)));
    },
    120_000,
  );
});
