import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parseProfileReport } from '../../src/compare/profile-report.ts';
import { parseCpuProfile } from '../../src/profile/parse-cpu-profile.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project, TEST_NODE } from '../support/outpace.ts';

const FIB = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }';
const CALLS_OF_FIB_25 = 242_785;

async function visibleFiles(root: string): Promise<string[]> {
  const folders = await Promise.all(
    ['profiles', 'reports'].map((name) => readdir(join(root, name)).catch(() => [])),
  );
  return folders.flat();
}

/** A worker that computes fib(25), runs more code, and is waited for; `after` is its last words. */
const workerJob = (after: string) => `
  import { Worker } from 'node:worker_threads';
  import { once } from 'node:events';
  const source = ${JSON.stringify(`${FIB} fib(25); ${after}`)};
  export async function run() {
    const worker = new Worker(source, { eval: true });
    ${after.includes('parentPort') ? "await once(worker, 'message'); await worker.terminate();" : "await once(worker, 'exit');"}
    return 1;
  }`;

describe('a thread is counted however it ends', () => {
  test.each([
    { ends: 'on the main thread', code: `${FIB} export async function run() { return fib(25); }` },
    { ends: 'by itself', code: workerJob('') },
    { ends: 'by process.exit', code: workerJob('process.exit(0);') },
    {
      ends: 'by terminate()',
      code: workerJob(
        "const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => 0); parentPort.postMessage(1);",
      ),
    },
    {
      ends: 'at the moment the run does',
      code: `
        import { Worker } from 'node:worker_threads';
        import { once } from 'node:events';
        const source = ${JSON.stringify(`${FIB} fib(25); require('node:worker_threads').parentPort.postMessage(1);`)};
        export async function run() { await once(new Worker(source, { eval: true }), 'message'); return 1; }`,
    },
    {
      ends: 'nested in another',
      code: `
        import { Worker } from 'node:worker_threads';
        import { once } from 'node:events';
        const inner = ${JSON.stringify(`${FIB} fib(25);`)};
        const outer = \`const { Worker } = require('node:worker_threads'); new Worker(\${JSON.stringify(inner)}, { eval: true });\`;
        export async function run() { await once(new Worker(outer, { eval: true }), 'exit'); return 1; }`,
    },
  ])('$ends', async ({ code }) => {
    const root = await project({ 'impl-old/index.mjs': code });
    const { stdout, stderr, exitCode } = await outpaceHere(root, ['profile', 'old', '--runs', '1', '--json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const report = parseProfileReport(JSON.parse(stdout), 'stdout');
    const fib = report.functions.find(({ name }) => name === 'fib');
    expect(fib?.calls).toBe(CALLS_OF_FIB_25);
    const { stdout: version } = await execa(TEST_NODE, ['-p', 'process.versions.node']);
    expect(report.environment.node).toBe(version);
  });
});

describe('outpace’s own calls are not the job’s', () => {
  test.each([
    { does: 'nothing', code: 'export const run = () => 1;', calls: 1 },
    // The generator is entered once and resumed 51 times; `part` is called 50 times.
    {
      does: 'yields chunks',
      code: 'const bytes = new Uint8Array(9); const part = () => bytes; export function* run() { for (let i = 0; i < 50; i += 1) yield part(); }',
      calls: 1 + 51 + 50,
    },
    { does: 'awaits', code: 'export async function run() { await null; await null; }', calls: 3 },
  ])('a job that $does', async ({ code, calls }) => {
    const root = await project({ 'impl-old/index.mjs': code });
    const { stdout } = await outpaceHere(root, ['profile', 'old', '--runs', '1', '--json', '--quiet']);
    expect(parseProfileReport(JSON.parse(stdout), 'stdout').totalCalls).toBe(calls);
  });
});

test('the files appear together, and the rows sum to the sampled total', async () => {
  const root = await project({
    'impl-old/index.mjs': `${FIB} export async function run() { return fib(32); }`,
  });
  const { stdout } = await outpace(root, ['profile', 'old', '--runs', '1', '--quiet']);
  expect(stdout).toMatch(/^Profiling complete\. Output saved to .*_old_profile\.txt\.$/);
  const names = await visibleFiles(root);
  expect(names.map((name) => name.slice(name.indexOf('_profile'))).toSorted()).toEqual([
    '_profile.cpuprofile',
    '_profile.json',
    '_profile.trace.json',
    '_profile.txt',
  ]);
  const read = async (folder: string, ending: string) =>
    readFile(join(root, folder, names.find((name) => name.endsWith(ending)) ?? ''), 'utf8');
  const report = parseProfileReport(JSON.parse(await read('reports', '_profile.json')), 'report');
  const sumOfSelfMs = report.functions.reduce((sum, { selfMs }) => sum + selfMs, 0);
  expect(sumOfSelfMs).toBeCloseTo(report.sampling.sampledMs, 6);
  for (const { totalMs } of report.functions)
    expect(totalMs).toBeLessThanOrEqual(report.sampling.sampledMs + 1e-6);
  expect(report.functions.find(({ name }) => name === 'fib')).toMatchObject({
    recursive: true,
    primitiveCalls: null,
  });
  expect(await read('reports', '.txt')).toContain('Ordered by: cumulative time');
  expect(
    parseCpuProfile(JSON.parse(await read('profiles', '.cpuprofile')), 'p').nodes.parents.length,
  ).toBeGreaterThan(1);
  expect(JSON.parse(await read('profiles', '.trace.json')).traceEvents.length).toBeGreaterThan(3);
});

test('a thread in Atomics.wait is shown as waiting', async () => {
  const code = `export async function run() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400); return 1; }`;
  const root = await project({ 'impl-old/index.mjs': code });
  const { stdout } = await outpaceHere(root, ['profile', 'old', '--runs', '1', '--json']);
  const [main] = parseProfileReport(JSON.parse(stdout), 'stdout').threads;
  // The wait itself, less what a busy machine takes from it; its CPU time is far below.
  expect(main?.waitingMs).toBeGreaterThan(200);
});

describe('bad input', () => {
  const good = 'export async function run() { return 1; }';
  test.each([
    { args: ['profile'], says: 'Usage: outpace profile <implementation>' },
    { args: ['profile', 'old', 'new'], says: 'Usage: outpace profile <implementation>' },
    ...['Old', '../impl-old', 'old/../new', '', '/etc', 'old/'].map((name) => ({
      args: ['profile', name],
      says: "Unknown implementation specified. Use 'old' or 'new'. (BE MINDFUL OF CAPITALISATION!!)",
    })),
    { args: ['profile', 'old', '--timeout', 'soon'], says: 'expected a duration' },
    { args: ['profile', 'old', '--input', 'users'], says: 'expected key=value' },
    { args: ['compare'], says: "no report of 'old'" },
    { args: ['compare', './empty.json', './empty.json'], says: 'it is empty' },
    { args: ['compare', './truncated.json', './truncated.json'], says: 'is not JSON' },
    { args: ['compare', './foreign.json', './foreign.json'], says: 'is not an outpace profile report' },
  ])('$args', async ({ args, says }) => {
    const root = await project({
      'impl-old/index.mjs': good,
      'empty.json': '',
      'truncated.json': '{"kind":',
      'foreign.json': '{"nodes":[]}',
    });
    const { exitCode, stderr, stdout } = await outpaceHere(root, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(await visibleFiles(root)).toEqual([]);
  });
});

describe('a name that is not there', () => {
  const commands = [
    ['profile', 'old'],
    ['run', 'x'],
    ['bench'],
    ['gain', '--quick'],
    ['compare'],
    ['report'],
  ];

  test.each(commands.map((args) => ({ args })))(
    'in a folder without implementations, $args suggests init',
    async ({ args }) => {
      const root = await project({});
      const { exitCode, stderr } = await outpaceHere(root, args);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('To start from two examples, run `outpace init`');
      expect(await visibleFiles(root)).toEqual([]);
    },
  );

  test.each([
    { what: 'one in a folder', files: { 'impl-fast/index.mjs': 'export const run = () => 1;' } },
    {
      what: 'one from the config',
      files: { 'outpace.config.json': '{"implementations":{"fast":"./fast.mjs"}}', 'fast.mjs': '' },
    },
  ])('beside $what, the names are listed', async ({ files }) => {
    const { stderr } = await outpaceHere(await project(files), ['profile', 'slow']);
    expect(stderr).toContain(`Found "slow"; known here: 'fast'.`);
    expect(stderr).not.toContain('outpace init');
  });
});

describe('an implementation that misbehaves', () => {
  test.each([
    { does: 'has no run', code: 'export const walk = 1;', says: 'exports no function run; it exports: walk' },
    { does: 'throws at import', code: "throw new Error('early');", says: 'failed in import: Error: early' },
    {
      does: 'throws in run',
      code: "export async function run() { throw new Error('late'); }",
      says: 'failed in run: Error: late',
    },
    {
      does: 'rejects with a string',
      code: "export const run = () => Promise.reject('no');",
      says: 'threw "no", which is not an Error',
    },
    {
      does: 'never settles',
      code: 'export const run = () => new Promise(() => {});',
      says: 'it can never settle',
    },
    {
      does: 'exits',
      code: 'export function run() { process.exit(0); }',
      says: 'ended its process in run with exit code 0',
    },
    {
      does: 'loops for ever',
      // It waits for most of its time limit, so that it takes little CPU from other tests.
      code: 'export function run() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6500); for (;;); }',
      says: 'was still in run after 8000 ms',
    },
    {
      does: 'allocates until it dies',
      code: "export function run() { const all = []; for (;;) all.push(new Array(1000).fill('x')); }",
      says: 'ran out of memory in run',
      timeout: '60s',
    },
  ])('$does', async ({ code, says, timeout = '8s' }) => {
    const root = await project({ 'impl-old/index.mjs': code });
    const env = { NODE_OPTIONS: '--max-old-space-size=48' };
    const { exitCode, stderr } = await outpace(
      root,
      ['profile', 'old', '--runs', '1', '--timeout', timeout],
      env,
    );
    expect(stderr).toContain(says);
    expect(exitCode).toBe(1);
    expect(await visibleFiles(root)).toEqual([]);
  });

  test.each([
    {
      does: 'floods stdout',
      code: "export function run() { for (let i = 0; i < 1e5; i += 1) console.log('x'.repeat(50)); return 1; }",
    },
    {
      does: 'leaves a server open',
      code: "import { createServer } from 'node:http'; export async function run() { await new Promise((r) => createServer().listen(0, '127.0.0.1', r)); return 1; }",
    },
  ])('$does, and is profiled all the same', async ({ code }) => {
    const root = await project({ 'impl-old/index.mjs': code });
    const { exitCode, stdout } = await outpaceHere(root, [
      'profile',
      'old',
      '--runs',
      '1',
      '--timeout',
      '30s',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const { warnings } = parseProfileReport(JSON.parse(stdout), 'stdout');
    if (code.includes('createServer')) expect(warnings.join()).toContain('TCPServerWrap');
  });
});

test('Ctrl-C ends everything and leaves nothing', async () => {
  const root = await project({ 'impl-old/index.mjs': 'export function run() { for (;;); }' });
  const running = outpace(root, ['profile', 'old']);
  await new Promise((resolve) => running.stderr.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, 700));
  running.kill('SIGINT');
  expect((await running).exitCode).toBe(130);
  expect(await visibleFiles(root)).toEqual([]);
});
