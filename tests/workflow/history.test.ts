/** What was measured, as `outpace history` shows it: the timed runs are stated, all else is real. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HistoryReport } from '../../src/compare/history.ts';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';

const busy = (turns: number) =>
  `// takes ${turns / 1e6} ms
  export function run() { let s = 0; for (let i = 0; i < ${turns}; i += 1) s = (s * 31 + i) | 0; return s * 0; }`;

/** History reads what was stored: how long the runs took is stated. */
const measure = (folder: string, args: readonly string[]) =>
  outpaceHere(folder, [...args, '--quiet'], { machine: hybridMachine().world });

let root: string;
beforeAll(async () => {
  root = await project({
    'impl-old/index.mjs': busy(2e6),
    'impl-new/index.mjs': busy(1e6),
    'outpace.config.json': '{"job":"turns"}',
  });
  for (const args of [
    ['profile', 'new', '--runs', '1'],
    ['profile', 'new', '--runs', '1'],
    ['bench', 'old', 'new', '--pairs', '6'],
  ])
    expect((await measure(root, args)).exitCode).toBe(0);
}, 120_000);

async function historyOf(...args: readonly string[]): Promise<HistoryReport> {
  const { stdout, stderr, exitCode } = await outpaceHere(root, ['history', '--json', ...args]);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout);
}

test('two profiles and a bench of one implementation are one line, each with what its report says', async () => {
  const { series, ...report } = await historyOf('new');
  expect(report).toMatchObject({ schemaVersion: 1, kind: 'history', job: 'turns', implementation: 'new' });
  expect(series).toHaveLength(1);
  const [{ points, machine } = { points: [], machine: null }] = series;
  expect(points.map(({ kind, runs }) => `${kind} ${runs}`)).toEqual(['profile 1', 'profile 1', 'bench 6']);
  expect(machine?.nodeMajor).toMatch(/^\d+$/);
  const bench = JSON.parse(await readFile(points[2]?.file ?? '', 'utf8'));
  expect(points[2]?.wallMs).toEqual(bench.wallMs.after);
  // One run shows no spread.
  expect(points.map(({ wallMs }) => wallMs.confidenceLevel > 0)).toEqual([false, false, true]);
});

test('what gain has measured once is shown once', async () => {
  const files = { 'impl-old/index.mjs': busy(2e6), 'impl-new/index.mjs': busy(1e6) };
  const own = await project(files);
  expect((await measure(own, ['gain', '--quick'])).exitCode).toBe(0);
  expect((await readdir(join(own, 'reports'))).filter((name) => name.endsWith('.json'))).toHaveLength(3);
  const { stdout } = await outpaceHere(own, ['history', '--json']);
  const { series }: HistoryReport = JSON.parse(stdout);
  expect(series.map(({ points }) => points.map(({ kind }) => kind))).toEqual([['bench'], ['bench']]);
});

test('without a name, all of the job’s', async () => {
  const { series } = await historyOf();
  expect(series.map(({ implementation, points }) => `${implementation} ${points.length}`)).toEqual([
    'new 3',
    'old 1',
  ]);
});

test('--limit keeps the newest, --since leaves out what is older', async () => {
  const { series } = await historyOf('new', '--limit', '1');
  expect(series).toMatchObject([{ earlier: 2, points: [{ kind: 'bench' }] }]);
  const from = series[0]?.points[0]?.startedAt ?? '';
  const { series: since } = await historyOf('new', '--since', from);
  expect(since).toMatchObject([{ earlier: 0, points: [{ kind: 'bench' }] }]);
});

test('as a person reads it, in a pipe: a table and a picture, no colour', async () => {
  const { stdout, stderr, exitCode } = await outpaceHere(root, ['history', 'new'], {
    environment: { FORCE_COLOR: '1' },
  });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout).toMatch(/^new, cold, input \{\}\non .*\n\n {2}started \(UTC\) +commit/);
  expect(stdout.match(/ one run$/gm)).toHaveLength(2);
  expect(stdout).toMatch(/ bench +[\d.]+ [mµ]s {2}.+, 9\d\.\d %$/m);
  expect(stdout).toContain('┤');
  expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

describe('what cannot be shown is told', () => {
  test('a file that was cut is passed over', async () => {
    const [name = ''] = (await readdir(join(root, 'reports'))).filter((file) =>
      file.endsWith('_profile.json'),
    );
    const cut = join(root, 'reports', name.replace(/^[\d-]+_/, '2000-01-01_'));
    await writeFile(cut, '{"schemaVersion":1,');
    const { stdout } = await outpaceHere(root, ['history', 'new']);
    expect(stdout).toContain('Passed over: ');
    expect((await historyOf('new')).passedOver).toEqual([expect.stringContaining('2000-01-01_')]);
  });

  test.each([
    { args: ['nobody'], says: /has no run of "nobody" for the job turns: it has runs of "new", "old"/ },
    { args: ['../new'], says: /has no run of "\.\.\/new"/ },
    { args: ['--since', '2999-01-01'], says: /since 2999-01-01T00:00:00\.000Z/ },
    { args: ['--since', '2026-02-31'], says: /expected a date such as 2026-01-31/ },
    { args: ['--since', 'yesterday'], says: /expected a date such as 2026-01-31/ },
    { args: ['--limit', '0'], says: /expected a whole number above 0/ },
    { args: ['--job', 'other'], says: /there is no job "other"/ },
  ])('$args', async ({ args, says }) => {
    const { stdout, stderr, exitCode } = await outpaceHere(root, ['history', ...args]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(says);
  });

  test('nothing was measured yet', async () => {
    const { stderr, exitCode } = await outpaceHere(await project({ 'impl-new/index.mjs': busy(1) }), [
      'history',
      'new',
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('run `outpace profile new` first');
  });
});
