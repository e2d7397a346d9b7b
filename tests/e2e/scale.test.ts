import { describe, expect, test } from 'vitest';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';

const FILES = {
  'impl-old/index.mjs': 'export const run = ({ n }) => n;',
  'impl-new/index.mjs': 'export const run = ({ n }) => n;',
  'outpace.config.json': '{"job":"steps","input":{"n":1000,"label":"x"}}',
};

/** `n` steps; the new ones are shorter, after a start of 60 ms that the old side has not. */
const machine = hybridMachine((implementation, _cwd, { input }) => {
  const n = Number(input.n);
  return { wallMs: implementation === 'old' ? 0.01 + n * 400e-6 : 60 + n * 1e-6 };
}).world;

describe('scale', () => {
  test('finds the size from which on a start pays', async () => {
    const root = await project(FILES);
    const args = ['scale', '--sizes', '10000,1000,1000000', '--budget', '1s', '--quiet'];
    const { stdout, exitCode, stderr } = await outpaceHere(root, [...args, '--json'], { machine });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      kind: 'scale',
      job: 'steps',
      sizeKey: 'n',
      rounds: 3,
      before: 'old',
      after: 'new',
    });
    expect(
      report.series.map(({ points }: { points: { size: number }[] }) => points.map(({ size }) => size)),
    ).toEqual([
      [1000, 10_000, 1_000_000],
      [1000, 10_000, 1_000_000],
    ]);
    const [crossing] = report.crossings;
    expect(crossing).toMatchObject({
      extrapolated: false,
      fasterAtAllMeasured: false,
      slowerAtAllMeasured: false,
    });
    // The two lines meet at 60 / 399e-6 steps.
    expect(crossing.size.point).toBeGreaterThan(10_000);
    expect(crossing.size.point).toBeLessThan(1_000_000);
    expect(report.warnings.join()).toContain('3 rounds: 6 give a 95 % interval');
    const text = (await outpaceHere(root, args, { machine })).stdout;
    expect(text).toMatch(
      /new overtakes old between [\d,]+ and [\d,]+ n \(75\.0 % confidence\),\n {2}at about [\d,]+ as/,
    );
    expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(110);
  });

  test.each([
    { args: ['--sizes', '5'], says: 'at least two sizes', code: 1 },
    { args: ['--sizes', '5,0'], says: 'expected a whole number above 0', code: 1 },
    { args: ['--sizes', '5,6', '--workers', '0,1'], says: 'has no workers to sweep', code: 1 },
    { args: ['--sizes', '5,6', '--key', 'm'], says: 'input m: the input of this job has n, label', code: 1 },
  ])('$args is refused', async ({ args, says, code }) => {
    const { stderr, exitCode } = await outpaceHere(await project(FILES), ['scale', ...args]);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(code);
  });

  const TWO_NUMBERS = { ...FILES, 'outpace.config.json': '{"input":{"seed":1,"n":2}}' };

  test('which of several numbers is the size is asked, or read from the config', async () => {
    const root = await project(TWO_NUMBERS);
    const sweep = ['scale', '--sizes', '5,6', '--budget', '1ms', '--json', '--quiet'];
    const asked = await outpaceHere(root, sweep);
    expect(asked.exitCode).toBe(1);
    expect(asked.stderr).toMatch(/several numbers: .*--key seed, or set sizeKey in the config \(seed, n\)/);
    const told = await project({
      ...TWO_NUMBERS,
      'outpace.config.json': '{"input":{"seed":1,"n":2},"sizeKey":"n"}',
    });
    const { stdout, exitCode } = await outpace(told, sweep);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).sizeKey).toBe('n');
  });

  test('outputs that differ end it with 3', async () => {
    const root = await project({ ...FILES, 'impl-new/index.mjs': 'export const run = () => 1;' });
    const { stderr, exitCode } = await outpaceHere(root, ['scale', '--sizes', '5,6']);
    expect(stderr).toContain('the outputs of old and new differ');
    expect(exitCode).toBe(3);
  });
});
