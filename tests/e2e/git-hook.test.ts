/** The gate as a hook of git, which passes on the index and the folders of the commit in progress. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { project, TEST_NODE } from '../support/outpace.ts';
import { git, repository } from '../support/repository.ts';

vi.setConfig({ testTimeout: 240_000 });

const BIN = fileURLToPath(new URL('../../bin/outpace.js', import.meta.url));
/** One pair: how long a run takes is not looked at here. */
const CHECK = `'${TEST_NODE}' '${BIN}' check --against HEAD --max-slowdown 10000% --budget 1ms --quiet`;
const implementation = (text: string) => `// ${text}\nexport const run = () => 1;\n`;
const FILES = {
  'impl-new/index.mjs': implementation('first'),
  'other.txt': 'first',
  'kept.txt': 'first',
};

/** @returns what the hook prints ends up in a file of that name, so that a failure can be read */
async function repositoryWithHook(name: string, script = CHECK): Promise<string> {
  const root = await repository(FILES);
  const hook = join(root, '.git/hooks', name);
  await writeFile(hook, `#!/bin/sh\n${script} >'${root}/reports.${name}.log' 2>&1\n`);
  await chmod(hook, 0o755);
  await writeFile(join(root, '.git/info/exclude'), 'reports.*\n');
  return root;
}

const changedIn = (root: string, commit = 'HEAD') =>
  git(root, 'diff', '--name-status', `${commit}~1`, commit).then((text) => text.split('\n'));
const state = (root: string) => git(root, 'status', '--porcelain');

async function change(root: string): Promise<void> {
  await writeFile(join(root, 'impl-new/index.mjs'), implementation('second'));
  await writeFile(join(root, 'other.txt'), 'second');
}

test('git commit -a holds the change, and nothing else', async () => {
  const root = await repositoryWithHook('pre-commit');
  await change(root);
  await git(root, 'commit', '-qam', 'change');
  expect(await changedIn(root)).toEqual(['M\timpl-new/index.mjs', 'M\tother.txt']);
  expect(await git(root, 'show', 'HEAD:other.txt')).toBe('second');
  expect(await state(root)).toBe('');
  expect((await git(root, 'worktree', 'list')).split('\n')).toHaveLength(1);
});

test('git commit FILE, and --amend', async () => {
  const root = await repositoryWithHook('pre-commit');
  await change(root);
  await git(root, 'commit', '-qm', 'one file', 'impl-new/index.mjs');
  expect(await changedIn(root)).toEqual(['M\timpl-new/index.mjs']);
  expect(await state(root)).toBe(' M other.txt');

  await git(root, 'add', 'other.txt');
  await git(root, 'commit', '-q', '--amend', '--no-edit');
  expect(await changedIn(root)).toEqual(['M\timpl-new/index.mjs', 'M\tother.txt']);
  expect(await state(root)).toBe('');
});

test('from a linked worktree, both trees stay as they are', async () => {
  const root = await repositoryWithHook('pre-commit');
  const linked = join(await project({}), 'linked');
  await git(root, 'worktree', 'add', '-q', linked);
  await change(linked);
  await git(linked, 'commit', '-qam', 'change');
  expect(await changedIn(linked)).toEqual(['M\timpl-new/index.mjs', 'M\tother.txt']);
  expect([await state(linked), await state(root)]).toEqual(['', '']);
  expect((await git(root, 'worktree', 'list')).split('\n')).toHaveLength(2);
});

test('neither the job nor a git that it runs sees the variables of the hook', async () => {
  const root = await repositoryWithHook('pre-commit');
  await writeFile(
    join(root, 'impl-new/index.mjs'),
    `import { execFileSync } from 'node:child_process';
    export const run = () => {
      const seen = Object.keys(process.env).filter((name) => /^GIT_(DIR|INDEX|WORK|PREFIX)/.test(name));
      if (seen.length > 0) throw new Error('sees ' + seen);
      execFileSync('git', ['reset', '-q', '--hard'], { cwd: process.env.ELSEWHERE });
      return 1;
    };`,
  );
  const elsewhere = await repository({ 'a.txt': 'a' });
  await git(root, 'add', '-A');
  vi.stubEnv('ELSEWHERE', elsewhere);
  await git(root, 'commit', '-qm', 'change');
  vi.unstubAllEnvs();
  expect(await changedIn(root)).toEqual(['M\timpl-new/index.mjs']);
  expect(await state(root)).toBe('');
});

test('a commit that another hook makes while git holds the index', async () => {
  // Files named on the command line have an index of their own, next to the locked one.
  const root = await repositoryWithHook('pre-commit');
  await writeFile(join(root, 'added.txt'), 'new');
  await git(root, 'add', 'added.txt');
  await change(root);
  await git(root, 'commit', '-qm', 'other', '--only', 'other.txt');
  expect(await changedIn(root)).toEqual(['M\tother.txt']);
  expect(await state(root)).toBe('A  added.txt\n M impl-new/index.mjs');
});
