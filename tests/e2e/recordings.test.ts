/** Recordings of several threads, whoever made them, as the command line takes them. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Comparison } from '../../src/index.ts';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';
import { SMALL_TRACES } from '../support/small-recordings.ts';

const TRACE = SMALL_TRACES['a list of events'] ?? '';

test('two traces are compared over all their threads, packed or not', async () => {
  const root = await project({ 'before.json': TRACE });
  await writeFile(join(root, 'after.json.gz'), gzipSync(TRACE.replaceAll('"fib"', '"fibonacci"')));
  const { stdout, stderr, exitCode } = await outpace(root, [
    'compare',
    './before.json',
    './after.json.gz',
    '--json',
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const comparison: Comparison = JSON.parse(stdout);
  expect(comparison).toMatchObject({ before: { threads: 2 }, after: { threads: 2 } });
  const threads = comparison.timelines?.before.threads.map(({ name, startMs }) => ({ name, startMs }));
  // On one clock: the second thread's profile begins 1 ms after the first one's.
  expect(threads).toEqual([
    { name: 'Renderer', startMs: 0 },
    { name: 'thread', startMs: 1 },
  ]);
  // 53,345 µs in each of the two threads, worked out by hand from the deltas.
  const fib = comparison.functions.find(({ name }) => name === 'fib');
  expect(fib?.selfMs.before).toBeCloseTo(2 * 53.345, 6);
});

test('outpace’s own trace holds the same stacks as its profiles', async () => {
  const root = await project({
    'impl-old/index.mjs': `import { Worker } from 'node:worker_threads';
      const busy = 'let s = 0; for (let i = 0; i < 3e7; i += 1) s += i % 7;';
      export const run = () => new Promise((resolve) => new Worker(busy, { eval: true }).once('exit', resolve));`,
  });
  await outpace(root, ['profile', 'old', '--runs', '1', '--quiet']);
  const names = await readdir(join(root, 'profiles'));
  const exported = async (ending: string): Promise<string[]> => {
    const file = `./profiles/${names.find((name) => name.endsWith(ending))}`;
    const { stdout, stderr, exitCode } = await outpace(root, ['export', file, '--format', 'folded']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout.split('\n').filter((line) => line.startsWith('main;'));
  };
  const [whole, main] = [await exported('.trace.json'), await exported('_profile.cpuprofile')];
  expect(main.length).toBeGreaterThan(0);
  expect(whole.toSorted()).toEqual(main.toSorted());
});

test('what is wrong in a recording is said with its place, and ends with 1', async () => {
  const root = await project({ 'a.cpuprofile': '{"nodes":[{"id":"x"}]}' });
  const { stdout, stderr, exitCode } = await outpace(root, ['compare', './a.cpuprofile', './a.cpuprofile']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(
    'a.cpuprofile is not a usable profile: at byte 16: expected a number, found "\\""',
  );
});
