/** What the time before `run` does to a comparison, on a machine whose clock only runs move. */
import { expect, test } from 'vitest';
import { type FakeSide, fakeMachine, residuals } from '../support/fake-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';

const FILES = { 'impl-old/index.mjs': '', 'impl-new/index.mjs': '' };

/** `new` runs twice as fast, since its import does half of the work. */
const SIDES: Readonly<Record<string, FakeSide>> = {
  old: { wallMs: 100, importMs: 10, setupMs: 5, residuals: residuals(997, { sd: 0.01, seed: 1 }) },
  new: { wallMs: 50, importMs: 60, setupMs: 5, residuals: residuals(997, { sd: 0.01, seed: 2 }) },
};

async function measured(asked: readonly string[], files: Readonly<Record<string, string>> = FILES) {
  const root = await project(files);
  const { world } = fakeMachine((name) => SIDES[name] ?? { wallMs: 10 });
  const { exitCode, stdout, stderr } = await outpaceHere(root, [...asked, '--quiet'], { machine: world });
  return { exitCode, stdout, stderr };
}

test('bench warns that the import takes longer, by how much, and how to count it', async () => {
  const { stdout } = await measured(['bench', '--pairs', '10', '--json']);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ verdict: { kind: 'faster' }, includesImport: false });
  expect(report.warnings.join('\n')).toMatch(
    /^the import takes 50 ms longer in new than in old \(50 to 50 ms, 95 % confidence; 10 → 60 ms, \+500 %\)\. That is \d+ % of a first run's \d+(\.\d+)? ms, and not part of it: --include-import counts it$/m,
  );
  expect(report.pairs[0]).toMatchObject({
    ...{ beforeImportMs: 10, afterImportMs: 60, beforeSetupMs: 5, afterSetupMs: 5 },
  });
});

test('with the import there is no gain, and no warning', async () => {
  const { stdout } = await measured(['bench', '--pairs', '20', '--include-import', '--json']);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ verdict: { kind: 'unchanged' }, includesImport: true });
  expect(report.wallMs.before.point).toBeCloseTo(115, 0);
  expect(report.wallMs.after.point).toBeCloseTo(115, 0);
  expect(report.cpuMs.after.point).toBeCloseTo(115, 0);
  expect(report.warnings.join('\n')).not.toContain('the import');
});

test('the text says what the times are of', async () => {
  const line = 'Times are from the first line of the import to the end of run.';
  expect((await measured(['bench', '--pairs', '6', '--include-import'])).stdout).toContain(line);
  expect((await measured(['bench', '--pairs', '6'])).stdout).not.toContain(line);
});

test('the config asks for it too, for the cold mode; asked for in the steady mode it is an error', async () => {
  const files = { ...FILES, 'outpace.config.json': '{"job":"j","includeImport":true}' };
  const cold = await measured(['bench', '--pairs', '6', '--json'], files);
  expect(JSON.parse(cold.stdout).includesImport).toBe(true);
  const steady = await measured(['bench', '--pairs', '6', '--mode', 'steady', '--json'], files);
  expect(JSON.parse(steady.stdout).includesImport).toBe(false);
  const asked = await measured(['bench', '--mode', 'both', '--include-import']);
  expect(asked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--mode cold') });
});

test('gain warns, and with the import its times and its gain are of the same', async () => {
  const alone = JSON.parse((await measured(['gain', '--quick', '--json'])).stdout);
  expect(alone.warnings.join('\n')).toContain('the import takes 50 ms longer');
  const whole = JSON.parse((await measured(['gain', '--quick', '--include-import', '--json'])).stdout);
  expect(whole.gainRatio.point).toBeCloseTo(0, 1);
  expect(whole.before.wallMs.point).toBeCloseTo(115, 0);
  expect(whole.warnings.join('\n')).toContain('from the first line of the import to the end of run');
});
