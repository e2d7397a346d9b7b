/** Implementations of every kind that people have, with the real packages. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ProfileReport } from '../../src/compare/profile-report.ts';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { projectWithPackages } from '../support/outpace.ts';

const FIB = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }';
/** fib(20) enters itself 2 · fib(21) − 1 times. */
const CALLS_OF_FIB_20 = 21_891;

async function profiled(files: Readonly<Record<string, string>>): Promise<ProfileReport> {
  const root = await projectWithPackages(files);
  const { stdout, stderr, exitCode } = await outpace(root, ['profile', 'new', '--runs', '1', '--json']);
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

function callsOf({ functions }: ProfileReport, name: string): number {
  return functions.filter((row) => row.name === name).reduce((sum, { calls }) => sum + (calls ?? 0), 0);
}

describe('pools of workers: every thread is seen, every call counted', () => {
  const task = `${FIB}\nexport default (n) => fib(n);`;

  test('piscina', async () => {
    const report = await profiled({
      'impl-new/task.mjs': task,
      'impl-new/index.mjs': `import { Piscina } from 'piscina';
        const filename = new URL('./task.mjs', import.meta.url).href;
        export async function run() {
          const pool = new Piscina({ filename, minThreads: 2, maxThreads: 2 });
          try { return await Promise.all([20, 20, 20, 20].map((n) => pool.run(n))); }
          finally { await pool.destroy(); }
        }`,
    });
    expect(callsOf(report, 'fib')).toBe(4 * CALLS_OF_FIB_20);
    expect(report.threads).toHaveLength(3);
  });

  test('tinypool', async () => {
    const report = await profiled({
      'impl-new/task.mjs': task,
      'impl-new/index.mjs': `import Tinypool from 'tinypool';
        const filename = new URL('./task.mjs', import.meta.url).href;
        export async function run() {
          const pool = new Tinypool({ filename, minThreads: 2, maxThreads: 2 });
          try { return await Promise.all([20, 20].map((n) => pool.run(n))); }
          finally { await pool.destroy(); }
        }`,
    });
    expect(callsOf(report, 'fib')).toBe(2 * CALLS_OF_FIB_20);
    expect(report.threads).toHaveLength(3);
  });
});

describe('processes that a run starts are told of, and their CPU time is counted where the system tells', () => {
  // By its own CPU time: where other programs run, it gets only a part of the time that passes.
  const busy = `for (let used = 0; used < 300_000; { user: used } = process.cpuUsage());`;

  test.each([
    {
      way: 'waited for in place',
      code: `execFileSync(process.execPath, ['-e', ${JSON.stringify(busy)}]); return 1;`,
    },
    {
      way: 'awaited',
      code: `await promisify(execFile)(process.execPath, ['-e', ${JSON.stringify(busy)}]); return 1;`,
    },
  ])('$way', async ({ code }) => {
    const { timing, warnings } = await profiled({
      'impl-new/index.mjs': `import { execFile, execFileSync } from 'node:child_process';
        import { promisify } from 'node:util';
        export async function run() { ${code} }`,
    });
    if (process.platform === 'linux') {
      expect(timing.cpuMs.point).toBeGreaterThan(200);
      expect(warnings.join()).toMatch(
        /a run starts processes, which are not profiled, .* \(up to \d+ ms a run\) is counted/,
      );
    } else if (code.includes('await')) {
      expect(warnings.join()).toMatch(/a run starts processes, .* not known on this platform/);
    }
  });
});

test('WebAssembly is sampled; V8 does not count its calls', async () => {
  const bytes =
    '0061736d0100000001060160017f017f03020100070801047370696e00000a1b011901017f0340200120006a210120004101' +
    '6b22000d000b20010b';
  const report = await profiled({
    'impl-new/index.mjs': `export async function run() {
      const { instance } = await WebAssembly.instantiate(Buffer.from('${bytes}', 'hex'));
      return instance.exports.spin(300_000_000);
    }`,
  });
  // Not V8's passage into it, which is as long on the stack.
  const spin = report.functions.find(
    ({ file, name }) => file.startsWith('wasm:') && name.startsWith('wasm-function'),
  );
  expect(spin).toMatchObject({ calls: null, engine: false });
  expect(spin?.selfMs).toBeGreaterThan(10);
});

test('waiting for input and output is waiting', async () => {
  const { threads, timing } = await profiled({
    'impl-new/index.mjs': `import { readFile } from 'node:fs/promises';
      import { setTimeout } from 'node:timers/promises';
      export async function run() {
        await setTimeout(400);
        return (await readFile(new URL(import.meta.url), 'utf8')).length;
      }`,
  });
  expect(timing.wallMs.point).toBeGreaterThan(390);
  expect(timing.cpuMs.point).toBeLessThan(200);
  if (process.platform === 'linux') expect(threads[0]?.waitingMs).toBeGreaterThan(300);
});

test('a stream is an output of chunks', async () => {
  const { output } = await profiled({
    'impl-new/index.mjs': `import { Readable } from 'node:stream';
      export const run = () => Readable.from([Buffer.from('one '), Buffer.from('two')]);`,
  });
  expect(output).toEqual({
    sha256: createHash('sha256').update('one two').digest('hex'),
    sizeBytes: 7,
    form: 'bytes',
  });
});

describe('CommonJS', () => {
  test.each([
    { way: 'exports that can be read off', code: 'exports.run = () => fib(20);' },
    {
      way: 'exports that only running it shows',
      code: "Object.assign(exports, { ['r' + 'un']: () => fib(20) });",
    },
    { way: 'module.exports', code: 'module.exports = { run: () => fib(20) };' },
  ])('$way', async ({ code }) => {
    const report = await profiled({ 'impl-new/index.cjs': `${FIB}\n${code}` });
    expect(callsOf(report, 'fib')).toBe(CALLS_OF_FIB_20);
  });
});
