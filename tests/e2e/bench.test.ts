import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';

/** Waits rather than works: other programs on the machine take a CPU from who works, and hardly prolong a wait. */
const waiting = (ms: number, result = '1') =>
  `export function run() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms}); return ${result}; }`;
const FILES = {
  'impl-old/index.mjs': waiting(200),
  'impl-new/index.mjs': waiting(10),
  'impl-same/index.mjs': waiting(200),
  'impl-odd/index.mjs': waiting(1, '2'),
  'impl-bytes/index.mjs': "export function* run() { yield Buffer.from('abc\\nd'); }",
  'impl-others/index.mjs': "export function* run() { yield Buffer.from('abc\\ne'); }",
  'impl-broken/index.mjs': "export function run() { throw new Error('broken'); }",
};

const MS: Readonly<Record<string, number>> = { old: 200, new: 10, same: 200, odd: 1 };

/** Where the time is not what is tested: timed runs take what they would wait, and start no process. */
const outpaceTimed = (root: string, args: readonly string[]) =>
  outpaceHere(root, args, { machine: hybridMachine((name) => ({ wallMs: MS[name] ?? 5 })).world });

async function savedReports(root: string) {
  const names = await readdir(join(root, 'reports')).catch(() => []);
  const visible = names.filter((name) => !name.startsWith('.'));
  return Promise.all(
    visible.map(async (name) => JSON.parse(await readFile(join(root, 'reports', name), 'utf8'))),
  );
}

test('the claim, what it rests on, and the same saved', async () => {
  const root = await project(FILES);
  const { exitCode, stdout, stderr } = await outpace(root, ['bench', '--pairs', '6', '--json']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('measuring old and new, interleaved');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    schemaVersion: 1,
    kind: 'bench',
    before: 'old',
    after: 'new',
    mode: 'cold',
    outputsEqual: true,
    stoppedBy: 'pairs',
    verdict: { kind: 'faster' },
    gainRatio: { confidenceLevel: 1 - 2 / 64 },
  });
  expect(report.gainRatio.point).toBeGreaterThan(0.5);
  expect(report.pairs).toHaveLength(6);
  for (const field of ['cpuMs', 'peakRssBytes', 'wallMs'])
    expect(report[field]).toMatchObject({
      before: { point: expect.any(Number) },
      after: { low: expect.any(Number) },
    });
  expect(await savedReports(root)).toEqual([report]);
});

test('the text has the gain first; a clear answer ends the measurement', async () => {
  const root = await project(FILES);
  const { stdout, exitCode } = await outpaceTimed(root, [
    'bench',
    'old',
    'new',
    '--budget',
    '60s',
    '--quiet',
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Efficiency gain \d\d\.\d\d % \(.* confidence\): new is faster\n/);
  expect(stdout).toMatch(/^\d+ pairs of fresh processes, interleaved \(seed 1\)/m);
  expect(stdout).toContain('the answer is clear; the outputs are equal');
  for (const line of stdout
    .split('\n')
    .filter((one) => !one.startsWith('Warning') && !one.includes('pairs of fresh')))
    expect(line.length).toBeLessThanOrEqual(84);
});

test('the same seed gives the same order', async () => {
  const root = await project(FILES);
  const orders = await Promise.all(
    ['7', '7'].map(async (seed) => {
      const { stdout } = await outpaceTimed(root, [
        'bench',
        '--pairs',
        '4',
        '--seed',
        seed,
        '--json',
        '--quiet',
      ]);
      return JSON.parse(stdout).pairs.map(({ first }: { first: string }) => first);
    }),
  );
  expect(orders[0]).toEqual(orders[1]);
});

test('--metric selects which one decides; each has its verdict', async () => {
  const root = await project(FILES);
  const { stdout } = await outpace(root, [
    'bench',
    'old',
    'new',
    '--pairs',
    '6',
    '--metric',
    'memory',
    '--json',
  ]);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ metric: 'memory', confidenceLevel: 0.95 });
  expect(report.verdict).toEqual(report.metrics.memory.verdict);
  expect(report.metrics.wall).toMatchObject({ gainRatio: report.gainRatio, verdict: { kind: 'faster' } });
});

test('three sides are two comparisons, each with the first', async () => {
  const root = await project(FILES);
  const { stdout } = await outpaceTimed(root, [
    'bench',
    'old',
    'new',
    'same',
    '--pairs',
    '8',
    '--tolerance',
    '20%',
    '--json',
  ]);
  const { comparisons } = JSON.parse(stdout);
  expect(comparisons.map(({ after }: { after: string }) => after)).toEqual(['new', 'same']);
  expect(comparisons[0].verdict.kind).toBe('faster');
  expect(comparisons[1].verdict.kind).toBe('unchanged');
});

test('both modes come from the same processes, and are not mixed', async () => {
  const warmsUp = `let first = true;
    export function run() {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, first ? 500 : 5);
      first = false;
      return 1;
    }`;
  const root = await project({ 'impl-old/index.mjs': warmsUp, 'impl-new/index.mjs': warmsUp });
  const { stdout } = await outpace(root, ['bench', '--mode', 'both', '--pairs', '2', '--json', '--quiet']);
  const { modes } = JSON.parse(stdout);
  expect(modes.cold.wallMs.before.point).toBeGreaterThan(499);
  expect(modes.steady.wallMs.before.point).toBeLessThan(250);
});

describe('outputs are compared before anything is timed', () => {
  test.each([
    { sides: ['old', 'odd'], says: ['the first difference is at $\n', 'old: $ = 1\n', 'odd: $ = 2\n'] },
    { sides: ['bytes', 'others'], says: ['at byte 4, line 2', 'bytes: d', 'others: e'] },
  ])('$sides', async ({ sides, says }) => {
    const root = await project(FILES);
    const { exitCode, stdout, stderr } = await outpaceTimed(root, ['bench', ...sides]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    for (const part of says) expect(stderr).toContain(part);
    expect(stderr).not.toContain('interleaved');
    expect(await savedReports(root)).toEqual([]);
  });

  test('measured all the same where that is allowed, and said', async () => {
    const root = await project(FILES);
    const { exitCode, stdout } = await outpaceTimed(root, [
      'bench',
      'old',
      'odd',
      '--pairs',
      '6',
      '--allow-different-output',
    ]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('THE OUTPUTS DIFFER');
    expect(stdout).toContain(
      'Warning: the outputs of old and odd differ: the first difference is at $; old: $ = 1; odd: $ = 2',
    );
  });

  test('the config’s own equal() is asked', async () => {
    const config = (body: string) => `export default { job: 'j', equal: (before, after) => ${body} };`;
    const root = await project({ ...FILES, 'outpace.config.mjs': config('Math.abs(before - after) <= 1') });
    expect((await outpaceTimed(root, ['bench', 'old', 'odd', '--pairs', '1', '--quiet'])).exitCode).toBe(0);
    const strict = await project({ ...FILES, 'outpace.config.mjs': config('before === after') });
    const refused = await outpaceTimed(strict, ['bench', 'old', 'odd', '--pairs', '1']);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('equal() in the config returned false');
  });
});

describe('the exit code', () => {
  test.each([
    { args: ['old', 'new', '--pairs', '6', '--fail-on', 'regression'], code: 0 },
    { args: ['new', 'old', '--pairs', '6', '--fail-on', 'regression'], code: 2 },
    { args: ['new', 'old', '--pairs', '6'], code: 0 },
    { args: ['new', 'old', '--pairs', '2', '--fail-on', 'inconclusive'], code: 4 },
    { args: ['new', 'old', '--pairs', '2', '--fail-on', 'regression'], code: 0 },
    { args: ['old', 'broken'], code: 1, says: "implementation 'broken' failed in run: Error: broken" },
    { args: ['old', 'none'], code: 1, says: 'Unknown implementation specified.' },
    { args: ['--mode', 'warm'], code: 1, says: 'Allowed choices are cold, steady, both' },
    { args: ['--tolerance', '200%'], code: 1, says: 'expected a percentage from 0% to below 100%' },
    { args: ['--metric', 'joy'], code: 1, says: 'wall, cpu, memory' },
    { args: ['--confidence', '20%'], code: 1, says: 'expected 50% to 99.9%' },
    { args: ['--pairs', '0'], code: 1, says: 'expected a whole number above 0' },
    { args: ['old', 'new', 'same', '--mode', 'both'], code: 1, says: '--mode both compares two' },
  ])('$args ends with $code', async ({ args, code, says = '' }) => {
    const root = await project(FILES);
    const { exitCode, stderr } = await outpaceTimed(root, ['bench', ...args]);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(code);
  });
});

test('Ctrl-C leaves what was measured, marked as stopped early', async () => {
  const root = await project(FILES);
  const running = outpace(root, ['bench', 'old', 'same', '--budget', '60s', '--tolerance', '0%', '--json']);
  const pairsSaved = async () => (await savedReports(root).catch(() => []))[0]?.pairs?.length ?? 0;
  await expect.poll(pairsSaved, { interval: 50 }).toBeGreaterThan(1);
  running.kill('SIGINT');
  const { exitCode, stdout } = await running;
  const report = JSON.parse(stdout);
  expect(exitCode).toBe(130);
  expect(report).toMatchObject({ stoppedBy: 'interrupted', kind: 'bench' });
  expect(report.warnings.join()).toContain('stopped early');
  expect(await savedReports(root)).toEqual([report]);
});

test('a calibration is stored, and from then on no tolerance is below it', async () => {
  const root = await project(FILES);
  const { exitCode, stdout } = await outpaceTimed(root, [
    'bench',
    '--calibrate',
    '--pairs',
    '6',
    '--json',
    '--quiet',
  ]);
  expect(exitCode).toBe(0);
  const noise = JSON.parse(stdout);
  expect(noise).toMatchObject({ kind: 'noise', implementation: 'old', pairs: 6 });
  const bench = await outpaceTimed(root, ['bench', '--pairs', '1', '--tolerance', '0%', '--json', '--quiet']);
  expect(JSON.parse(bench.stdout).toleranceRatio).toBe(noise.noiseRatio);
});
