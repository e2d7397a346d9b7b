import { describe, expect, test } from 'vitest';
import { newestReport } from '../support/newest-report.ts';
import { outpace, project } from '../support/outpace.ts';

const BUSY = 'function part(i) { return i % 7; }\n';
const LOOP = 'let s = 0; for (let i = 0; i < 2e6; i += 1) s += part(i);';

/** What a job may do to the process that it runs in, from its first line on. */
const REPLACED = {
  'a clock that goes backwards': `
    let at = process.hrtime.bigint();
    process.hrtime = Object.assign(() => [0, 0], { bigint: () => (at -= 1000000n) });
    let now = 1e9;
    performance.now = () => (now -= 5);
    globalThis.performance = { now: () => Number.NaN };
    globalThis.Date = class extends Date { static now() { return (now -= 5); } };`,
  'accounts that tell nothing': `
    process.cpuUsage = () => ({ user: -1, system: Number.NaN });
    process.threadCpuUsage = process.cpuUsage;
    process.resourceUsage = () => ({ maxRSS: -1 });
    process.memoryUsage = () => ({});
    process.getActiveResourcesInfo = () => { throw new Error('replaced'); };`,
  'fake timers': `
    import { syncBuiltinESMExports } from 'node:module';
    import timers from 'node:timers';
    import promises from 'node:timers/promises';
    for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask']) {
      globalThis[name] = timers[name] = () => ({ ref() {}, unref() {} });
    }
    promises.setTimeout = promises.setImmediate = () => new Promise(() => undefined);
    process.nextTick = () => undefined;
    syncBuiltinESMExports();`,
  'fake timers of node:test': `
    import { mock } from 'node:test';
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'] });`,
  'replaced JSON and globals': `
    JSON.parse = JSON.stringify = () => { throw new Error('replaced'); };
    globalThis.Promise = class {};
    globalThis.Number = globalThis.BigInt = globalThis.Map = globalThis.Date = class {};
    globalThis.structuredClone = () => ({ replaced: true });
    globalThis.AbortController = globalThis.Array = globalThis.RegExp = class {};
    Math.max = Math.min = Math.floor = Math.ceil = () => Number.NaN;`,
  'patched prototypes': `
    const broken = () => { throw new Error('replaced'); };
    for (const name of ['map', 'flatMap', 'filter', 'reduce', 'some', 'every', 'includes', 'push', 'slice', 'join']) Array.prototype[name] = broken;
    for (const name of ['get', 'set', 'has', 'delete', 'values', 'entries']) Map.prototype[name] = broken;
    for (const name of ['then', 'catch', 'finally']) Promise.prototype[name] = broken;
    for (const name of ['all', 'race', 'resolve', 'allSettled']) Promise[name] = broken;
    for (const name of ['split', 'slice', 'indexOf', 'lastIndexOf', 'replace', 'replaceAll', 'startsWith', 'trim']) String.prototype[name] = broken;
    Set.prototype.has = Function.prototype.bind = broken;
    RegExp.prototype.exec = RegExp.prototype.test = broken;`,
  'a patched file system': `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    fs.readFileSync = fs.readlinkSync = fs.promises.open = () => { throw new Error('replaced'); };
    syncBuiltinESMExports();`,
  'a replaced exit': 'process.exit = process.emit = () => undefined;',
} as const;

describe('what a job replaces changes no figure', () => {
  test.each(Object.keys(REPLACED))('%s', async (name) => {
    const code = REPLACED[name as keyof typeof REPLACED];
    const root = await project({
      'impl-old/index.mjs': `${code}\n${BUSY}export function run() { ${LOOP} return s; }`,
    });
    const { exitCode, stderr } = await outpace(root, ['profile', 'old', '--runs', '1', '--timeout', '20s']);
    expect(stderr).not.toContain('replaced');
    expect(exitCode).toBe(0);
    const { timing, threads, totalCalls, functions } = (await newestReport(root)).report;
    expect(totalCalls).toBe(2_000_001);
    expect(functions.find((row) => row.name === 'part')?.calls).toBe(2_000_000);
    // Two million calls take at least a millisecond, and these tests have a time limit.
    for (const ms of [timing.wallMs.point, timing.cpuMs.point, threads[0]?.wallMs ?? 0]) {
      expect(ms).toBeGreaterThan(1);
      expect(ms).toBeLessThan(20_000);
    }
    expect(timing.peakRssBytes.point).toBeGreaterThan(1e7);
  });

  test.each(Object.keys(REPLACED))('%s, steady', async (name) => {
    const code = REPLACED[name as keyof typeof REPLACED];
    const root = await project({
      'impl-old/index.mjs': `${BUSY}export function run() { ${LOOP} return s; }`,
      'impl-new/index.mjs': `${code}\n${BUSY}export function run() { ${LOOP} return s; }`,
    });
    const args = ['bench', '--mode', 'steady', '--pairs', '1', '--json', '--timeout', '20s'];
    const { exitCode, stdout, stderr } = await outpace(root, args);
    expect(stderr).not.toContain('replaced');
    expect(exitCode).toBe(0);
    const { pairs, cpuMs } = JSON.parse(stdout);
    expect(pairs[0].afterMs).toBeGreaterThan(0.1);
    expect(pairs[0].afterMs).toBeLessThan(20_000);
    expect(cpuMs.after.point).toBeGreaterThan(0);
  });

  test('in a worker', async () => {
    const worker = `process.hrtime.bigint = () => -1n; process.threadCpuUsage = () => ({}); JSON.stringify = () => 'replaced';
      require('node:worker_threads').parentPort.postMessage(7);`;
    const root = await project({
      'impl-old/index.mjs': `import { Worker } from 'node:worker_threads';
        export const run = () => new Promise((resolve) => new Worker(${JSON.stringify(worker)}, { eval: true }).once('message', resolve));`,
    });
    const { exitCode } = await outpace(root, ['profile', 'old', '--runs', '1', '--timeout', '20s']);
    expect(exitCode).toBe(0);
    const [, thread] = (await newestReport(root)).report.threads;
    expect(thread?.wallMs).toBeGreaterThan(0);
    expect(thread?.cpuMs).toBeGreaterThan(0);
  });
});
