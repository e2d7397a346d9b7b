/** When measuring stops and what is saved, on a machine whose clock only runs move: no process is started. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FakeSide, fakeMachine, residuals } from '../support/fake-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';

const FILES = { 'impl-old/index.mjs': '', 'impl-new/index.mjs': '', 'impl-third/index.mjs': '' };

/** Recorded noise of 3 %, another for each side. */
function noisy(wallMs: number, seed: number, rest: Partial<FakeSide> = {}): FakeSide {
  return { wallMs, residuals: residuals(997, { sd: 0.03, seed }), ...rest };
}

function machineOf(sides: Readonly<Record<string, FakeSide>>, options = {}) {
  return fakeMachine((name) => sides[name] ?? { wallMs: 10 }, options);
}

async function savedIn(root: string) {
  const names = (await readdir(join(root, 'reports'))).filter((name) => !name.startsWith('.'));
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(root, 'reports', name), 'utf8'))),
  );
}

test('a clear answer ends the measurement long before the budget', async () => {
  const root = await project(FILES);
  const { world } = machineOf({ old: noisy(200, 1), new: noisy(20, 2) });
  const { exitCode, stdout } = await outpaceHere(root, ['bench', '--json'], { machine: world });
  expect(exitCode).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ stoppedBy: 'settled', verdict: { kind: 'faster' } });
  expect(report.elapsedMs).toBeLessThan(30_000 / 4);
  expect(await savedIn(root)).toEqual([report]);
});

test('what cannot be decided ends with the budget, which the clock of the machine measures', async () => {
  const root = await project(FILES);
  const { world, runs } = machineOf({ old: noisy(100, 1), new: noisy(98, 2) });
  const asked = ['bench', '--json', '--budget', '12s', '--quiet'];
  const { exitCode, stdout } = await outpaceHere(root, asked, { machine: world });
  expect(exitCode).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ stoppedBy: 'budget', verdict: { kind: 'inconclusive' } });
  expect(report.elapsedMs).toBeLessThanOrEqual(12_000);
  expect(report.elapsedMs).toBeGreaterThan(11_500);
  expect(runs.filter(({ pass }) => pass === 'timing')).toHaveLength(2 * report.pairs.length);
});

test('so many pairs are measured as are asked for', async () => {
  const root = await project(FILES);
  const { world } = machineOf({ old: noisy(100, 1), new: noisy(10, 2) });
  const asked = ['bench', '--pairs', '9', '--json', '--quiet'];
  const { stdout } = await outpaceHere(root, asked, { machine: world });
  expect(JSON.parse(stdout)).toMatchObject({ stoppedBy: 'pairs', pairs: { length: 9 } });
});

test('an interruption keeps the complete pairs, and ends with 130', async () => {
  const root = await project(FILES);
  const interruption = new AbortController();
  // Two runs compare the outputs; the tenth run is in the middle of the fourth pair.
  const beforeRun = (number: number) => number === 10 && interruption.abort();
  const { world } = machineOf({ old: noisy(100, 1), new: noisy(99, 2) }, { beforeRun });
  const { exitCode, stdout } = await outpaceHere(root, ['bench', '--json', '--quiet'], {
    machine: world,
    signal: interruption.signal,
  });
  expect(exitCode).toBe(130);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ stoppedBy: 'interrupted', pairs: { length: 3 } });
  expect(await savedIn(root)).toEqual([report]);
});

test('a run that fails is named, and so is the file with the pairs before it', async () => {
  const root = await project(FILES);
  const { world } = machineOf({ old: noisy(100, 1), new: noisy(99, 2, { failsAt: 4 }) });
  const { exitCode, stdout, stderr } = await outpaceHere(root, ['bench', '--quiet'], { machine: world });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^pair 4, new \(cold\): implementation 'new' failed in run: Error: broken\n/);
  expect(stderr).toMatch(/The 3 pairs before it are saved in reports\/.*_bench\.json\.$/);
  const [report] = await savedIn(root);
  expect(report).toMatchObject({ stoppedBy: 'failed', pairs: { length: 3 } });
});

test('a run that fails in the first pair leaves nothing', async () => {
  const root = await project(FILES);
  const { world } = machineOf({ old: noisy(100, 1), new: noisy(99, 2, { failsAt: 1 }) });
  const { exitCode, stderr } = await outpaceHere(root, ['bench', '--quiet'], { machine: world });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Nothing was saved.');
  expect(await savedIn(root)).toEqual([]);
});

test('outputs that differ end it before anything is timed', async () => {
  const root = await project(FILES);
  const { world, runs } = machineOf({ old: noisy(9, 1), new: noisy(9, 2, { output: 'another' }) });
  const { exitCode } = await outpaceHere(root, ['bench', '--quiet'], { machine: world });
  expect(exitCode).not.toBe(0);
  expect(runs.filter(({ pass }) => pass === 'timing')).toEqual([]);
});

test('each round measures every side once, each seed in an order of its own', async () => {
  const root = await project(FILES);
  const orders = [];
  for (const seed of ['7', '7', '8']) {
    const { world, runs } = machineOf({});
    const asked = ['bench', 'old', 'new', 'third', '--pairs', '20', '--seed', seed, '--quiet'];
    expect((await outpaceHere(root, asked, { machine: world })).exitCode).toBe(0);
    const timed = runs.filter(({ pass }) => pass === 'timing').map(({ implementation }) => implementation);
    expect(timed).toHaveLength(60);
    const rounds = Array.from({ length: 20 }, (_, round) => timed.slice(3 * round, 3 * round + 3));
    for (const round of rounds) expect(round.toSorted()).toEqual(['new', 'old', 'third']);
    orders.push(timed.join(' '));
  }
  expect(orders[0]).toBe(orders[1]);
  expect(orders[0]).not.toBe(orders[2]);
});

test('runs of less than 1 ms are repeated in each process, and the output says so', async () => {
  const root = await project(FILES);
  const { world, runs } = machineOf({ old: noisy(0.02, 1), new: noisy(0.01, 2) });
  const { stdout } = await outpaceHere(root, ['bench', '--quiet'], { machine: world });
  expect(stdout).toMatch(/^Mode: a run takes less than 1 ms, so it is repeated in each process/m);
  expect(runs.filter(({ pass }) => pass === 'timing')).toEqual([]);
  expect(runs.filter(({ pass }) => pass === 'steady').length).toBeGreaterThan(10);
  const [report] = await savedIn(root);
  expect(report).toMatchObject({ mode: 'steady', modeNote: expect.stringContaining('--mode cold') });
});

test.each([{ args: ['--mode', 'cold'] }, { args: ['--include-import'] }])(
  '$args keeps a short run cold',
  async ({ args }) => {
    const root = await project(FILES);
    const { world, runs } = machineOf({ old: noisy(0.02, 1), new: noisy(0.01, 2) });
    const { stdout } = await outpaceHere(root, ['bench', '--quiet', ...args], { machine: world });
    expect(stdout).not.toContain('Mode:');
    expect(runs.filter(({ pass }) => pass === 'steady')).toEqual([]);
  },
);
