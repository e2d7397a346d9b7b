/** The gate's rules on a machine whose clock only runs move, with a real repository. */
import { expect, test } from 'vitest';
import type { CheckReport } from '../../src/compare/check-report.ts';
import { type FakeSide, fakeMachine, residuals } from '../support/fake-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { repository } from '../support/repository.ts';

const quiet = (wallMs: number, seed: number, rest: Partial<FakeSide> = {}): FakeSide => ({
  ...{ wallMs, residuals: residuals(997, { sd: 0.01, seed }) },
  ...rest,
});

interface Trees {
  /** What `new` takes at the other commit, and here. */
  readonly before: FakeSide;
  readonly after: FakeSide;
}

async function checked({ before, after }: Trees, asked: readonly string[] = [], config = '{"job":"j"}') {
  const root = await repository({ 'impl-new/index.mjs': '', 'outpace.config.json': config });
  const { world } = fakeMachine((name) => (name.includes('@') ? before : after));
  const args = ['check', '--against', 'main', '--quiet', ...asked];
  const { exitCode, stdout, stderr } = await outpaceHere(root, [...args, '--json'], { machine: world });
  expect(stderr).toBe('');
  const report: CheckReport = JSON.parse(stdout);
  return { exitCode, report, rule: (name: string) => report.rules.find((rule) => rule.name === name) };
}

test('an import that grew beyond its limit fails, twice, and is reported', async () => {
  const trees = {
    before: quiet(100, 1, { importMs: 10 }),
    after: quiet(100, 2, { importMs: 15, setupMs: 5 }),
  };
  const { exitCode, report, rule } = await checked(trees, ['--max-import', '20%']);
  expect(exitCode).toBe(2);
  expect(rule('maxImport')).toMatchObject({
    ...{ verdict: 'fail', limit: 0.2, measuredAgain: true, figures: { unit: 'ms', before: 10, after: 20 } },
    measured: { point: expect.closeTo(1, 9), confidenceLevel: expect.any(Number) },
  });
  expect(rule('maxSlowdown')).toMatchObject({ verdict: 'pass' });
  expect(report.warnings.join('\n')).toContain('setup takes 5 ms longer in new than in new@');
  // Of each of the two measured rules.
  expect(report.falseAlarmRate).toBeCloseTo(2 * 0.025 ** 2, 12);
});

test('within its limit it passes; the config asks for it too', async () => {
  const trees = { before: quiet(100, 1, { importMs: 10 }), after: quiet(100, 2, { importMs: 11 }) };
  const config = '{"job":"j","check":{"maxImport":0.2}}';
  const { exitCode, rule } = await checked(trees, [], config);
  expect({ exitCode, verdict: rule('maxImport')?.verdict }).toEqual({ exitCode: 0, verdict: 'pass' });
});

test('with the import, a slower import is a slowdown', async () => {
  const trees = { before: quiet(50, 1, { importMs: 50 }), after: quiet(50, 2, { importMs: 80 }) };
  expect((await checked(trees)).rule('maxSlowdown')?.verdict).toBe('pass');
  const { exitCode, report, rule } = await checked(trees, ['--include-import']);
  expect(exitCode).toBe(2);
  expect(rule('maxSlowdown')?.measured?.point).toBeCloseTo(0.3, 1);
  expect(report).toMatchObject({
    includesImport: true,
    command: expect.stringContaining('--include-import'),
  });
});

/** As on a busy machine: wall time varies by a third, CPU time is the same. */
const busy = (wallMs: number, cpuMs: number, seed: number): FakeSide => ({
  ...{ wallMs, residuals: residuals(997, { sd: 0.3, seed }) },
  ...{ cpuMs, steadyCpu: true },
});

test('the metric that is asked for decides', async () => {
  const trees = { before: busy(100, 100, 1), after: busy(100, 115, 2) };
  const wall = await checked(trees, ['--budget', '5s']);
  expect(wall.rule('maxSlowdown')).toMatchObject({
    ...{ verdict: 'inconclusive', metric: 'wall' },
    why: expect.stringMatching(
      /^wall time is inconclusive, CPU time is not: 15\.00 % more .*: --metric cpu$/,
    ),
  });
  const cpu = await checked(trees, ['--budget', '5s', '--metric', 'cpu']);
  expect(cpu.exitCode).toBe(2);
  expect(cpu.rule('maxSlowdown')).toMatchObject({
    ...{ verdict: 'fail', metric: 'cpu', figures: { unit: 'ms', before: 100, after: 115 } },
  });
  const byConfig = await checked(trees, ['--budget', '5s'], '{"job":"j","check":{"metric":"cpu"}}');
  expect(byConfig.rule('maxSlowdown')).toMatchObject({ verdict: 'fail', metric: 'cpu' });
});
