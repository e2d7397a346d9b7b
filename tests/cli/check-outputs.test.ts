/** What `check` leaves for CI systems: files, a step's summary, annotations. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type OutputOptions, writeOutputs } from '../../src/cli/check-outputs.ts';
import { openSession } from '../../src/cli/session.ts';
import { checkGitlab } from '../../src/render/check/gitlab.ts';
import { checkJunit } from '../../src/render/check/junit.ts';
import { checkMarkdown } from '../../src/render/check/markdown.ts';
import { project } from '../support/outpace.ts';
import { inFolder, recordedWorld } from '../support/recorded-world.ts';
import { SAMPLE_CHECKS } from '../support/sample-check.ts';

const SETTINGS = { 'outpace.config.json': '{"job":"data_utils"}' };
const failing = { ...SAMPLE_CHECKS.failing, job: 'data_utils' };

/** In that folder, which is this process's meanwhile. */
async function written(
  folder: string,
  options: OutputOptions,
  { env = {}, report = failing }: { env?: Readonly<Record<string, string>>; report?: typeof failing } = {},
) {
  const { world, stdout, stderr } = recordedWorld({
    environment: env,
    api: () => {
      throw new RangeError('nothing is measured');
    },
  });
  const { session } = openSession(world);
  const error = await inFolder(folder, () =>
    writeOutputs(report, options, session).catch((thrown: unknown) => thrown),
  );
  return { stdout: stdout(), stderr: stderr(), error };
}

describe('files', () => {
  test('each that is asked for, in folders that are made', async () => {
    const root = await project(SETTINGS);
    const { stdout, stderr } = await written(root, {
      junit: 'out/junit.xml',
      gitlab: 'out/deep/gl.json',
      markdown: 'summary.md',
      requireConclusive: true,
    });
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
    const place = { folder: '', settings: 'outpace.config.json' };
    expect(await readFile(join(root, 'out/junit.xml'), 'utf8')).toBe(
      checkJunit(failing, { requireConclusive: true }),
    );
    expect(await readFile(join(root, 'out/deep/gl.json'), 'utf8')).toBe(checkGitlab(failing, place));
    expect(await readFile(join(root, 'summary.md'), 'utf8')).toBe(checkMarkdown(failing));
  });

  test('a stored measurement is named from the project’s folder', async () => {
    const root = await project(SETTINGS);
    const [rule, ...rules] = failing.rules;
    if (rule === undefined) throw new RangeError('no rule');
    const report = { ...failing, rules: [{ ...rule, file: join(root, 'reports/bench.json') }, ...rules] };
    await written(root, { junit: 'junit.xml' }, { report });
    expect(await readFile(join(root, 'junit.xml'), 'utf8')).toContain('stored in: reports');
  });

  test('none that is not', async () => {
    const root = await project(SETTINGS);
    const { stdout, stderr } = await written(root, {});
    expect({ stdout, stderr, files: await readdir(root) }).toEqual({
      stdout: '',
      stderr: '',
      files: ['outpace.config.json'],
    });
  });

  test.each([{ named: 'file/junit.xml' }, { named: '.' }])(
    'one that cannot be written is told: $named',
    async ({ named }) => {
      const root = await project({ ...SETTINGS, file: 'mine' });
      const { error } = await written(root, { junit: named });
      const message = expect.stringContaining(`${named} cannot be written`);
      expect(error).toMatchObject({ code: 'STORE_FAILED', message });
      expect((await readdir(root)).toSorted()).toEqual(['file', 'outpace.config.json']);
    },
  );
});

describe('on GitHub', () => {
  const inWorkflow = (workspace: string) => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_STEP_SUMMARY: join(workspace, 'summary'),
  });

  test('the summary is added to, annotations go to stderr, with paths from the repository’s top', async () => {
    const root = await project({
      'packages/job/outpace.config.json': '{"job":"data_utils"}',
      summary: 'before',
    });
    const { stdout, stderr } = await written(join(root, 'packages/job'), {}, { env: inWorkflow(root) });
    expect(stdout).toBe('');
    expect(stderr).toContain('::error file=packages/job/src/parse.ts,line=12,');
    expect(await readFile(join(root, 'summary'), 'utf8')).toBe(`before\n${checkMarkdown(failing)}`);
  });

  test('a passing report annotates nothing, and has its summary', async () => {
    const root = await project(SETTINGS);
    const { stderr } = await written(root, {}, { env: inWorkflow(root), report: SAMPLE_CHECKS.passing });
    expect(stderr).toBe('');
    expect(await readFile(join(root, 'summary'), 'utf8')).toContain('✓ passed');
  });

  test('a summary that cannot be written is told', async () => {
    const root = await project(SETTINGS);
    const env = { ...inWorkflow(root), GITHUB_STEP_SUMMARY: root };
    const { error } = await written(root, {}, { env });
    expect(error).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('cannot be written'),
    });
  });
});

test('on GitLab, paths are from the repository’s top; without settings, the package’s file stands for them', async () => {
  const root = await project({ 'packages/job/package.json': '{"name":"data_utils"}' });
  await writeFile(join(root, 'package.json'), '{}');
  await written(join(root, 'packages/job'), { gitlab: 'gl.json' }, { env: { CI_PROJECT_DIR: root } });
  const entries: { location: { path: string } }[] = JSON.parse(
    await readFile(join(root, 'packages/job/gl.json'), 'utf8'),
  );
  expect(entries[0]?.location.path).toBe('packages/job/package.json');
  expect(entries[2]?.location.path).toBe('packages/job/src/parse.ts');
});
