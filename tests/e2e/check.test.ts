/** The gate, in git repositories made for it. */
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../src/compare/check-report.ts';
import { outpace, project } from '../support/outpace.ts';

const busy = (turns: number, value = 1) => `export function run() {
  let sum = 0;
  for (let turn = 0; turn < ${turns}; turn += 1) sum = (sum * 31 + turn) | 0;
  return ${value} + sum * 0;
}`;
const IDENTITY = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
const git = (root: string, ...args: string[]) => execa('git', [...IDENTITY, ...args], { cwd: root });

/** A repository whose one commit on main has these files. */
async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await project({ '.gitignore': 'reports/\nprofiles/\n', ...files });
  await git(root, 'init', '--quiet', '--initial-branch=main');
  await git(root, 'add', '-A');
  await git(root, 'commit', '--quiet', '-m', 'first');
  return root;
}

const worktrees = async (root: string) => (await git(root, 'worktree', 'list')).stdout.split('\n').length;
const BASE = { 'impl-new/index.mjs': busy(2e7), 'impl-old/index.mjs': busy(8e7) };

async function checked(root: string, ...args: string[]) {
  const { stdout, stderr, exitCode } = await outpace(root, [
    'check',
    '--budget',
    '6s',
    '--json',
    '--quiet',
    ...args,
  ]);
  expect(stderr).toBe('');
  return { report: JSON.parse(stdout) as CheckReport, exitCode };
}

describe('this tree against another commit', () => {
  test('a change that doubles the time fails, after it was measured twice; uncommitted changes are what is measured', async () => {
    const root = await repository(BASE);
    await writeFile(join(root, 'impl-new/index.mjs'), busy(4e7));
    const { report, exitCode } = await checked(root, '--max-slowdown', '20%');
    expect(exitCode).toBe(2);
    expect(report).toMatchObject({
      kind: 'check',
      verdict: { kind: 'fail' },
      uncommittedChanges: true,
      against: { name: 'the merge base with main', commit: (await git(root, 'rev-parse', 'HEAD')).stdout },
      rules: [{ name: 'maxSlowdown', verdict: 'fail', limit: 0.2, measuredAgain: true }],
    });
    expect(report.rules[0]?.measured.low).toBeGreaterThan(0.2);
    expect(await worktrees(root)).toBe(1);
  });

  test('a branch that is faster passes, and says so', async () => {
    const root = await repository(BASE);
    await git(root, 'switch', '--quiet', '-c', 'faster');
    await writeFile(join(root, 'impl-new/index.mjs'), busy(1e7));
    await git(root, 'commit', '--quiet', '-a', '-m', 'faster');
    const { stdout, exitCode } = await outpace(root, [
      'check',
      '--budget',
      '6s',
      '--max-slowdown',
      '10%',
      '--quiet',
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Check passed\n {2}passed: new against new@[\da-f]{8} is [\d.]+ % faster/);
    expect(stdout).not.toContain('uncommitted');
  });

  test('new must stay so much faster than old', async () => {
    const root = await repository(BASE);
    const passes = await checked(root, '--max-slowdown', '50%', '--min-gain', '40%');
    expect(passes.report.rules.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['maxSlowdown', 'pass'],
      ['minGain', 'pass'],
    ]);
    const fails = await checked(root, '--max-slowdown', '50%', '--min-gain', '90%');
    expect(fails.exitCode).toBe(2);
    expect(fails.report.rules[1]).toMatchObject({ name: 'minGain', verdict: 'fail', measuredAgain: true });
  });

  test('another output ends it with 3', async () => {
    const root = await repository(BASE);
    await writeFile(join(root, 'impl-new/index.mjs'), busy(2e7, 2));
    const { stderr, exitCode } = await outpace(root, ['check', '--quiet']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/the outputs of new@[\da-f]{8} and new differ/);
    expect(await worktrees(root)).toBe(1);
  });
});

describe('the other commit’s packages', () => {
  const pack = (version: string) =>
    JSON.stringify({ name: 'p', lockfileVersion: 3, packages: { '': { version } } });

  test('are shared where both lock the same', async () => {
    const root = await repository({
      'impl-new/index.mjs': "import { one } from 'one'; export const run = () => one;",
      'package-lock.json': pack('1.0.0'),
      'node_modules/one/index.mjs': 'export const one = 1;',
      'node_modules/one/package.json': '{"name":"one","exports":"./index.mjs"}',
      '.gitignore': 'node_modules\nreports\n',
    });
    const { report } = await checked(root, '--max-slowdown', '90%');
    expect(report.rules[0]?.pairs).toBeGreaterThan(1);
  });
});

describe('what cannot be checked is told', () => {
  test('no repository', async () => {
    const { stderr, exitCode } = await outpace(await project(BASE), ['check'], {
      GIT_CEILING_DIRECTORIES: tmpdir(),
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/is in no git repository/);
  });

  test.each([
    { args: ['--against', 'nowhere'], says: 'there is no commit "nowhere" here' },
    { args: ['--against', '--output=x'], says: 'there is no commit "--output=x" here' },
    { args: ['other'], says: 'Unknown implementation specified' },
  ])('$args', async ({ args, says }) => {
    const root = await repository(BASE);
    const { stderr, exitCode } = await outpace(root, ['check', ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(says);
    expect(await worktrees(root)).toBe(1);
  });

  test('a shallow clone', async () => {
    const root = await repository(BASE);
    await git(root, 'commit', '--quiet', '--allow-empty', '-m', 'second');
    const clone = await project({});
    await execa('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, join(clone, 'here')]);
    const { stderr } = await outpace(join(clone, 'here'), ['check', '--against', 'HEAD~1']);
    expect(stderr).toMatch(/a shallow clone: `git fetch --unshallow`/);
  });
});

test('Ctrl-C leaves no worktree', async () => {
  const root = await repository(BASE);
  const before = (await readdir(tmpdir())).filter((name) => /^outpace-(?!test)/.test(name));
  const child = outpace(root, ['check', '--budget', '60s', '--max-slowdown', '0%']);
  child.stderr?.on('data', (text: Buffer) => {
    if (text.toString().includes('measuring')) child.kill('SIGINT');
  });
  expect(await child).toMatchObject({ exitCode: 130 });
  expect(await worktrees(root)).toBe(1);
  expect((await readdir(tmpdir())).filter((name) => /^outpace-(?!test)/.test(name))).toEqual(before);
});
