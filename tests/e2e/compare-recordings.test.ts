/** Several recordings a side, made by `node --cpu-prof` of real programs, in folders of their own as on other machines. */
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/compare/comparison.ts';
import { compare } from '../../src/index.ts';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { project, TEST_NODE } from '../support/outpace.ts';
import { sampleReport } from '../support/sample-report.ts';

const RECORDINGS = 4;

/** Turns of a loop, not milliseconds, so that the work is the same whatever else the machine does. */
const busy = (name: string) =>
  `function ${name}(turns) { let sum = 0; for (let turn = 0; turn < turns; turn += 1) sum = (sum * 31 + turn) | 0; return sum; }`;
const program = (hotTurns: number) =>
  `${busy('hot')}\n${busy('steady')}\nhot(${hotTurns}); steady(2e7); ${'\n'}`;

/** Each run lies in a folder of its own, as on another machine. */
async function record(root: string, side: string, text: string): Promise<void> {
  await mkdir(join(root, 'runs', side), { recursive: true });
  for (let run = 1; run <= RECORDINGS; run += 1) {
    const home = await project({ 'app/src/job.mjs': text });
    await execa(
      TEST_NODE,
      ['--cpu-prof', '--cpu-prof-interval', '500', '--cpu-prof-dir', home, 'app/src/job.mjs'],
      { cwd: home },
    );
    const [made = ''] = (await readdir(home)).filter((name) => name.endsWith('.cpuprofile'));
    await rename(join(home, made), join(root, 'runs', side, `${run}.cpuprofile`));
  }
}

const sides = ['--before', 'runs/a/*.cpuprofile', '--after', 'runs/b/*.cpuprofile'];

describe('whole runs of a program whose one function does a quarter of what it did', () => {
  let root = '';
  beforeAll(async () => {
    root = await project({ 'report.json': JSON.stringify(sampleReport()) });
    await record(root, 'a', program(8e7));
    await record(root, 'b', program(2e7));
  });

  test('the function is named first, within its bounds', async () => {
    const { stdout, stderr, exitCode } = await outpace(root, ['compare', ...sides, '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const comparison: Comparison = JSON.parse(stdout);
    const [largest] = comparison.functions;
    expect(largest).toMatchObject({ name: 'hot', file: 'job.mjs', change: 'same', noise: false });
    expect(largest?.selfDeltaMs.high).toBeLessThan(0);
    expect(largest?.selfDeltaMs.confidenceLevel).toBeCloseTo(1 - 2 / 70, 12);
    // 8 of 10 parts before, 2 of 4 after; V8 and Node themselves take some.
    expect(largest?.selfShare?.delta.high).toBeLessThan(0);
    expect(comparison.recordings).toMatchObject({ basis: 'time' });
    expect(comparison.recordings?.before).toHaveLength(RECORDINGS);
    expect(comparison.before).toMatchObject({ implementation: 'a', cpuMs: null, totalCalls: null });
  });

  test('as text, in 80 columns, and as markdown', async () => {
    const text = await outpace(root, ['compare', ...sides]);
    expect(text.stdout).toMatch(/^Efficiency gain -?[\d.]+ % \(.*97\.1 % confidence\): /);
    expect(text.stdout).toMatch(/^ {2}recordings +4 +4$/m);
    expect(text.stdout).toMatch(
      /^ {2}job\.mjs:1\(hot\) +-[\d.]+ ms +-[\d.]+ to -[\d.]+ +[\d.]+ % +[\d.]+ %$/m,
    );
    expect(text.stdout).toMatch(/^Before: 4 recordings, the middle one runs\/a\/\d\.cpuprofile$/m);
    const table = text.stdout.slice(0, text.stdout.indexOf('Warning:')).split('\n').slice(1);
    expect(table.filter((line) => line.length > 80)).toEqual([]);
    const markdown = await outpace(root, ['compare', ...sides, '--format', 'markdown']);
    expect(markdown.stdout).toMatch(/^\| hot \(job\.mjs:1\) \| -[\d.]+ ms \| .* \|$/m);
  });

  test('lists that the shell expanded, and the programmatic interface, say the same', async () => {
    const names = (side: string) => [1, 2, 3, 4].map((run) => `runs/${side}/${run}.cpuprofile`);
    const args = ['compare', '--before', ...names('a'), '--after', ...names('b'), '--json'];
    const [globbed, listed] = [
      await outpace(root, ['compare', ...sides, '--json']),
      await outpace(root, args),
    ];
    expect(JSON.parse(listed.stdout)).toEqual(JSON.parse(globbed.stdout));
    const comparison = await compare({ cwd: root, before: ['runs/a/*.cpuprofile'], after: names('b') });
    expect(comparison.functions).toEqual(JSON.parse(globbed.stdout).functions);
  });

  test('one recording a side is compared as two files are', async () => {
    const one = ['runs/a/1.cpuprofile', 'runs/b/1.cpuprofile'];
    const [listed, named] = [
      await outpace(root, ['compare', '--before', one[0] ?? '', '--after', one[1] ?? '']),
      await outpace(root, ['compare', ...one]),
    ];
    expect(listed.stdout).toBe(named.stdout);
    expect(listed.stdout).toContain('no interval from one run');
  });

  test.each([
    { args: ['--before', 'runs/c/*', '--after', 'runs/b/*'], says: "'runs/c/*' matches no file" },
    {
      args: ['--before', 'runs/*/1.cpuprofile', '--after', 'runs/b/*'],
      says: 'runs/b/1.cpuprofile is on both sides',
    },
    {
      args: ['--before', 'runs/a/*', 'report.json', '--after', 'runs/b/*'],
      says: 'report.json is a report: --before',
    },
    {
      args: ['--before', 'runs/a', '--after', 'runs/b/*'],
      says: "runs/a is a folder: name its profiles, such as 'runs/a/*",
    },
    { args: ['--before', 'runs/a/*'], says: '--before and --after go together' },
    { args: ['old', ...sides], says: 'old is named besides --before and --after' },
    { args: [...sides, '--format', 'folded'], says: '--format folded is of one recording a side' },
    { args: [...sides, '--by', 'calls'], says: "'calls' is invalid" },
    {
      args: ['--by', 'share', 'runs/a/1.cpuprofile', 'runs/b/1.cpuprofile'],
      says: 'lists of recordings alone',
    },
  ])('$args is refused', async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await outpace(root, ['compare', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(says);
  });
});

test('a service, recorded for one span whatever it did: shares are compared', async () => {
  const root = await project({});
  /** Requests for a second, each followed by waiting. */
  const service = (hotTurns: number) =>
    `${busy('hot')}\n${busy('steady')}
     const timer = setInterval(() => { hot(${hotTurns}); steady(2e6); }, 25);
     setTimeout(() => clearInterval(timer), 1000);`;
  await record(root, 'a', service(8e6));
  await record(root, 'b', service(2e6));
  const args = ['compare', ...sides, '--by', 'share'];
  const comparison: Comparison = JSON.parse((await outpace(root, [...args, '--json'])).stdout);
  const [first, second] = comparison.functions.filter(({ file }) => file === 'job.mjs');
  expect(new Set([first?.name, second?.name])).toEqual(new Set(['hot', 'steady']));
  const [hot, steady] = first?.name === 'hot' ? [first, second] : [second, first];
  expect(hot?.selfShare?.delta.high).toBeLessThan(0);
  expect(steady?.selfShare?.delta.low).toBeGreaterThan(0);
  expect(comparison).toMatchObject({
    recordings: { basis: 'share' },
    verdict: { kind: 'inconclusive' },
    bounds: [],
  });
  const { stdout } = await outpace(root, args);
  expect(stdout).toMatch(/^Busy [\d.]+ % before, [\d.]+ % after: [-+\d.]+ points \(/);
});

test('the files of one process, a thread each, are one recording', async () => {
  const root = await project({
    'threads.mjs': `import { Worker } from 'node:worker_threads';
      ${busy('hot')}
      new Worker(${JSON.stringify(`${busy('inWorker')}; inWorker(3e7);`)}, { eval: true });
      hot(3e7);`,
  });
  for (const side of ['a', 'b']) {
    for (let run = 0; run < 2; run += 1)
      await execa(TEST_NODE, ['--cpu-prof', '--cpu-prof-dir', `runs/${side}`, 'threads.mjs'], { cwd: root });
  }
  expect(await readdir(join(root, 'runs/a'))).toHaveLength(4);
  const { stdout } = await outpace(root, ['compare', ...sides, '--json']);
  const { recordings, before, functions, warnings }: Comparison = JSON.parse(stdout);
  expect(recordings?.before).toHaveLength(2);
  expect(before.threads).toBe(2);
  expect(functions.find(({ name }) => name === 'inWorker')?.selfMs.before).toBeGreaterThan(0);
  expect(warnings.join()).toContain('4 files are of worker threads');
});
