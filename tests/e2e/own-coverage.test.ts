import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { newestReport } from '../support/newest-report.ts';
import { project } from '../support/outpace.ts';

const ONE = 'function one(i) { return i % 7; }\n';
const LOOP = 'let s = 0; for (let i = 0; i < 2e6; i += 1) s += one(i);';
const SESSION = `import { Session } from 'node:inspector/promises';
  const session = new Session(); session.connect();\n${ONE}`;
const START =
  "await session.post('Profiler.enable'); await session.post('Profiler.startPreciseCoverage', OPTIONS);";
const TAKE = "await session.post('Profiler.takePreciseCoverage');";
const STOP = "await session.post('Profiler.stopPreciseCoverage'); await session.post('Profiler.disable');";
const COUNTS = '{ callCount: true, detailed: false }';

const started = (options: string) => START.replace('OPTIONS', options);

/** Jobs that take V8's coverage themselves, while their calls are counted. */
const TAKEN = {
  'from start to stop': `export async function run() { ${started('{ callCount: true, detailed: true }')} ${LOOP} ${TAKE} ${STOP} return s; }`,
  'started late': `export async function run() { ${LOOP} ${started(COUNTS)} return s; }`,
  'taken in between': `export async function setup() { ${started(COUNTS)} }
    export async function run() { ${LOOP} ${TAKE} return s; }`,
  'stopped early': `export async function setup() { ${started(COUNTS)} }
    export async function run() { ${STOP} ${LOOP} return s; }`,
  'without counts': `export async function run() { ${started('{ callCount: false, detailed: false }')} ${LOOP} return s; }`,
} as const;

describe('a job that takes coverage itself', () => {
  test.each(Object.entries(TAKEN))('%s: the calls are not known', async (_, code) => {
    const root = await project({ 'impl-old/index.mjs': SESSION + code });
    const { exitCode, stderr } = await outpace(root, ['profile', 'old', '--runs', '1']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const { report, text } = await newestReport(root);
    expect(report.totalCalls).toBeNull();
    expect(new Set(report.functions.map(({ calls }) => calls))).toEqual(new Set([null]));
    expect(report.warnings.join('\n')).toMatch(/calls are not known.*main .*counters were reset/);
    expect(text).toContain('unknown function calls');
    expect(text).not.toContain('calls exact');
  });

  test.each([
    ['before its run', `export async function setup() { ${started(COUNTS)} ${TAKE} ${STOP} }`],
    ['after its run', `export async function teardown() { ${started(COUNTS)} ${TAKE} ${STOP} }`],
  ])('%s: every call is counted', async (_, code) => {
    const root = await project({
      'impl-old/index.mjs': `${SESSION}${code}\nexport function run() { ${LOOP} return s; }`,
    });
    expect(await outpace(root, ['profile', 'old', '--runs', '1'])).toMatchObject({ exitCode: 0 });
    const { report } = await newestReport(root);
    expect(report.functions.find(({ name }) => name === 'one')?.calls).toBe(2_000_000);
    expect(report.totalCalls).toBe(2_000_001);
  });

  test('in a worker', async () => {
    const worker = `const { Session } = require('node:inspector/promises');
      const session = new Session(); session.connect();
      ${ONE} (async () => { ${started(COUNTS)} ${LOOP} ${TAKE} require('node:worker_threads').parentPort.postMessage(s); })();`;
    const root = await project({
      'impl-old/index.mjs': `import { Worker } from 'node:worker_threads';
        export const run = () => new Promise((resolve, reject) =>
          new Worker(${JSON.stringify(worker)}, { eval: true }).once('message', resolve).once('error', reject));`,
    });
    expect(await outpace(root, ['profile', 'old', '--runs', '1'])).toMatchObject({ exitCode: 0 });
    const { report } = await newestReport(root);
    expect(report.totalCalls).toBeNull();
    expect(report.warnings.join('\n')).toMatch(/calls are not known.*worker-1 .*counters were reset/);
  });

  test('a rule on calls cannot pass without them', async () => {
    const root = await project({
      'impl-new/index.mjs': `${ONE}export function run() { ${LOOP} return s; }`,
      'outpace.config.json': JSON.stringify({ after: 'new' }),
    });
    const files = ['--baseline', 'baseline.json'];
    // Only the calls matter here, so no run is timed.
    const { world: machine } = hybridMachine(() => ({ wallMs: 5 }));
    expect(await outpace(root, ['check', ...files, '--update-baseline'], { machine })).toMatchObject({
      exitCode: 0,
    });
    await writeFile(`${root}/impl-new/index.mjs`, SESSION + TAKEN['from start to stop']);
    const { stdout } = await outpace(root, ['check', ...files, '--json'], { machine });
    const { rules } = JSON.parse(stdout);
    expect(rules.find(({ name }: { name: string }) => name === 'maxCalls')).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('counters were reset'),
    });
    const { exitCode, stderr } = await outpace(root, ['check', ...files, '--update-baseline'], { machine });
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('no baseline'),
    });
  });
});

test('a job that takes a CPU profile itself is sampled all the same', async () => {
  const root = await project({
    'impl-old/index.mjs': `${SESSION}export async function run() {
      await session.post('Profiler.enable'); await session.post('Profiler.setSamplingInterval', { interval: 10000 });
      await session.post('Profiler.start'); let s = 0; for (let i = 0; i < 1e8; i += 1) s += one(i);
      await session.post('Profiler.stop'); await session.post('Profiler.disable'); session.disconnect(); return s; }`,
  });
  expect(await outpace(root, ['profile', 'old', '--runs', '1'])).toMatchObject({ exitCode: 0 });
  const { report } = await newestReport(root);
  // An interval of its own, 20 times as long, must not become ours.
  const [main] = report.threads;
  expect((main?.samples ?? 0) / (main?.wallMs ?? 0)).toBeGreaterThan(0.3);
});
