/** What the gate does to the user's repository: it adds one worktree, removes that one, and runs nothing of the repository. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test, vi } from 'vitest';
import type { CheckReport } from '../../src/compare/check-report.ts';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project, TEST_NODE } from '../support/outpace.ts';
import { git, repository } from '../support/repository.ts';

vi.setConfig({ testTimeout: 240_000 });

const QUICK = ['check', '--max-slowdown', '10000%', '--budget', '1ms', '--quiet'];
/** No run is timed, unless an environment is given: that is one of a whole process. */
const check = (root: string, args: readonly string[] = [], env?: Readonly<Record<string, string>>) =>
  env === undefined
    ? outpaceHere(root, [...QUICK, ...args], { machine: hybridMachine(() => ({ wallMs: 5 })).world })
    : outpace(root, [...QUICK, ...args], env);
const JOB = { 'impl-new/index.mjs': 'export const run = () => 1;' };
/** A job whose output is the text of a file. */
const reading = (file: string) => ({
  'impl-new/index.mjs': `import { readFileSync } from 'node:fs';\nexport const run = () => readFileSync(${JSON.stringify(file)}, 'utf8');`,
});
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('worktrees', () => {
  test('of the user stay, though their folders are not there, with the commits that only they hold', async () => {
    const root = await repository(JOB);
    const disk = await project({});
    await git(root, 'worktree', 'add', '-q', '--detach', join(disk, 'mounted/user'));
    await git(join(disk, 'mounted/user'), 'commit', '-q', '--allow-empty', '-m', 'only here');
    const commit = await git(join(disk, 'mounted/user'), 'rev-parse', 'HEAD');
    await rename(join(disk, 'mounted'), join(disk, 'unmounted'));
    // Enough loose objects for git to collect garbage whenever it may.
    await git(root, 'config', 'gc.auto', '1');
    await git(root, 'config', 'gc.worktreePruneExpire', 'now');

    expect(await check(root)).toMatchObject({ exitCode: 0 });
    await rename(join(disk, 'unmounted'), join(disk, 'mounted'));
    expect(await git(join(disk, 'mounted/user'), 'rev-parse', 'HEAD')).toBe(commit);
    expect((await git(root, 'worktree', 'list')).split('\n')).toHaveLength(2);
  });

  test('that were left by a machine that went down are removed; others that look like them are not', async () => {
    const root = await repository(JOB);
    const temporary = await project({});
    const machine = sha256(hostname()).slice(0, 8);
    const { pid } = await execa(TEST_NODE, ['-e', 'console.log(process.pid)']).then(({ stdout }) => ({
      pid: stdout.trim(),
    }));
    const ended = `outpace-check-${machine}-${pid}-0123456789ab`;
    const kept = [
      `outpace-check-${machine}-${process.pid}-0123456789ab`,
      `outpace-check-00000000-${pid}-0123456789ab`,
      'outpace-check-mine',
      'tree',
    ];
    for (const name of [ended, ...kept]) {
      await git(root, 'worktree', 'add', '-q', '--detach', join(temporary, name, name));
    }
    expect(await check(root)).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(root, '.git/worktrees')).toSorted()).toEqual(kept.toSorted());
    expect(readdirSync(temporary).toSorted()).toEqual(kept.toSorted());
  });
});

describe('nothing of the repository runs', () => {
  const writing = (file: string) => `#!/bin/sh\necho ran >>'${file}'\ncat\n`;

  async function repositoryWithCommands() {
    const log = join(await project({}), 'ran.txt');
    const root = await repository({ ...reading('text.txt'), 'text.txt': 'plain' });
    const script = join(dirname(log), 'script.sh');
    await writeFile(script, writing(log));
    await chmod(script, 0o755);
    return { root, log, script };
  }

  test.each(['hooks', 'core.hooksPath', 'hook.mine'])('hooks: %s', async (place) => {
    const { root, log, script } = await repositoryWithCommands();
    const hooks = join(dirname(log), 'hooks');
    await mkdir(hooks);
    const into = place === 'hooks' ? join(root, '.git/hooks') : hooks;
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      await symlink(script, join(into, name));
    }
    if (place === 'core.hooksPath') await git(root, 'config', 'core.hooksPath', hooks);
    if (place === 'hook.mine') {
      await git(root, 'config', 'hook.mine.command', script);
      await git(root, 'config', 'hook.mine.event', 'post-checkout');
    }
    await git(root, 'config', 'core.fsmonitor', script);
    await rm(log, { force: true });
    expect(await check(root)).toMatchObject({ exitCode: 0 });
    expect(existsSync(log)).toBe(false);
  });

  test('filters do not, and what they would have made is taken from the same version here', async () => {
    const { root, log, script } = await repositoryWithCommands();
    await writeFile(join(root, '.gitattributes'), 'text.txt filter=mine=x\n');
    await git(root, 'add', '-A');
    await git(root, 'commit', '-q', '-m', 'filtered');
    // The committed text is `plain`, and that of the working tree what the filter makes of it.
    await git(root, 'config', 'filter.mine=x.smudge', `${script}; echo smudged`);
    await git(root, 'config', 'filter.mine=x.clean', 'printf plain');
    await git(root, 'config', 'filter.mine=x.required', 'true');
    await rm(join(root, 'text.txt'));
    await git(root, 'checkout', '-q', '--', 'text.txt');
    expect(existsSync(log)).toBe(true);
    expect(await readFile(join(root, 'text.txt'), 'utf8')).toContain('smudged');
    await rm(log, { force: true });
    const { exitCode, stderr } = await check(root);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(existsSync(log)).toBe(false);
  });

  test('what only a filter could make is named', async () => {
    const { root, script } = await repositoryWithCommands();
    await writeFile(join(root, '.gitattributes'), 'text.txt filter=mine\n');
    await git(root, 'add', '-A');
    await git(root, 'commit', '-q', '-m', 'filtered');
    await git(root, 'config', 'filter.mine.smudge', `${script}; echo smudged`);
    await git(root, 'config', 'filter.mine.clean', 'grep -v -e smudged -e ran');
    await writeFile(join(root, 'text.txt'), 'other\n');
    await git(root, 'commit', '-q', '-a', '-m', 'second');
    await rm(join(root, 'text.txt'));
    await git(root, 'checkout', '-q', '--', 'text.txt');
    const { exitCode, stderr } = await check(root, ['--against', 'HEAD~1']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cannot be measured, .*\n {2}text\.txt: its content comes from the filter 'mine'/);
  });
});

describe('content that is kept outside of a commit', () => {
  const pointer = (content: string) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\nsize ${content.length}\n`;

  /** Two versions, as Git LFS would have stored them; the second one is checked out. */
  async function lfsRepository(stored: readonly string[], here: string) {
    const root = await repository({
      ...reading('data.bin'),
      '.gitattributes': 'data.bin filter=lfs diff=lfs merge=lfs -text\n',
      'data.bin': pointer('one'),
    });
    await writeFile(join(root, 'data.bin'), pointer('two'));
    await git(root, 'commit', '-q', '-a', '-m', 'second');
    for (const content of stored) {
      const object = sha256(content);
      const folder = join(root, '.git/lfs/objects', object.slice(0, 2), object.slice(2, 4));
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, object), content);
    }
    await writeFile(join(root, 'data.bin'), here);
    return root;
  }

  test('is taken from the objects of Git LFS', async () => {
    const root = await lfsRepository(['one'], 'two');
    const { exitCode, stdout } = await check(root, ['--against', 'HEAD~1']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/new@[\da-f]{8}: \$ = "one"\n {2}new: \$ = "two"/);
  });

  test('is taken from this tree, if it has the same', async () => {
    const { exitCode } = await check(await lfsRepository([], 'two'), ['--against', 'HEAD']);
    expect(exitCode).toBe(0);
  });

  test('is named where this tree has it and the commit’s is missing', async () => {
    const root = await lfsRepository([], 'two');
    const { exitCode, stderr } = await check(root, ['--against', 'HEAD~1']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /data\.bin: its Git LFS object has not been fetched\n {2}To get it: git lfs fetch origin [\da-f]{40}$/,
    );
  });

  test.each([{ stored: [] }, { stored: ['one'] }])(
    'a pointer is never measured as if it were the content; stored: $stored',
    async ({ stored }) => {
      const root = await lfsRepository(stored, pointer('two'));
      const { exitCode, stderr } = await check(root, ['--against', 'HEAD~1']);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /ENOENT[\s\S]*data\.bin: this tree has only its Git LFS pointer\n {2}To get it: git lfs pull\nThe check was not saved\.$/,
      );
    },
  );

  test('a pointer that nothing reads is a warning', async () => {
    const root = await lfsRepository([], pointer('two'));
    await writeFile(join(root, 'impl-new/index.mjs'), JOB['impl-new/index.mjs']);
    await git(root, 'commit', '-q', '-a', '-m', 'third');
    const { exitCode, stdout } = await check(root, ['--against', 'HEAD', '--json']);
    expect(exitCode).toBe(0);
    const report: CheckReport = JSON.parse(stdout);
    expect(report.warnings).toEqual([
      expect.stringMatching(
        /^new@[\da-f]{8} was measured without data\.bin: this tree has only its Git LFS pointer/,
      ),
      expect.stringMatching(/^the 1 file that .* are the same in both trees: nothing that changed was run$/),
    ]);
  });

  /** A project whose `libs/text` is a submodule, and that one's `deep` another. */
  async function withSubmodule() {
    const deep = await repository({ 'deep.txt': 'deep' });
    const library = await repository({ 'text.txt': 'one' });
    const local = ['-c', 'protocol.file.allow=always'];
    await git(library, ...local, 'submodule', '--quiet', 'add', deep, 'deep');
    await git(library, 'commit', '-q', '-m', 'deep');
    const root = await repository({
      'impl-new/index.mjs': `import { readFileSync } from 'node:fs';
        export const run = () => readFileSync('libs/text/text.txt', 'utf8') + readFileSync('libs/text/deep/deep.txt', 'utf8');`,
    });
    await git(root, ...local, 'submodule', '--quiet', 'add', library, 'libs/text');
    await git(root, ...local, 'submodule', '--quiet', 'update', '--init', '--recursive');
    await git(root, 'commit', '-q', '-m', 'library');
    return { root, library, local };
  }

  test('submodules are there, as the commit has them', async () => {
    const { root, library, local } = await withSubmodule();
    await writeFile(join(library, 'text.txt'), 'two');
    await git(library, 'commit', '-q', '-a', '-m', 'two');
    expect(await check(root, ['--against', 'HEAD'])).toMatchObject({ exitCode: 0 });
    await git(root, ...local, 'submodule', '--quiet', 'update', '--remote');
    const { exitCode, stdout } = await check(root, ['--against', 'HEAD']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/new@[\da-f]{8}: \$ = "onedeep"\n {2}new: \$ = "twodeep"/);
    expect(await git(join(root, 'libs/text'), 'status', '--porcelain')).toBe('');
  });

  test('a submodule’s commit that is not here is named', async () => {
    const { root } = await withSubmodule();
    const missing = '1234567890123456789012345678901234567890';
    await git(root, 'update-index', '--cacheinfo', `160000,${missing},libs/text`);
    await git(root, 'commit', '-q', '-m', 'not pushed');
    const { exitCode, stderr } = await check(root, ['--against', 'HEAD']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`libs/text: the submodule's commit ${missing} has not been fetched`);
    expect(stderr).toContain(`git -C libs/text fetch origin ${missing}`);
  });

  test('a submodule that is on neither side is named when the job needs it', async () => {
    const { root } = await withSubmodule();
    const clone = join(await project({}), 'clone');
    await git(root, 'clone', '-q', root, clone);
    const { exitCode, stderr } = await check(clone, ['--against', 'HEAD']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /ENOENT[\s\S]*libs\/text: the submodule has not been fetched\n {2}To get it: git submodule update --init libs\/text\nThe check was not saved\.$/,
    );
  });

  test('a sparse checkout does not leave out what the other commit needs', async () => {
    const root = await repository({
      ...reading('data/text.txt'),
      'data/text.txt': 'text',
      'more/a.txt': 'a',
    });
    await writeFile(join(root, 'impl-new/index.mjs'), reading('more/b.txt')['impl-new/index.mjs']);
    await mkdir(join(root, 'more'), { recursive: true });
    await writeFile(join(root, 'more/b.txt'), 'text');
    await git(root, 'add', '-A');
    await git(root, 'commit', '-q', '-m', 'moved');
    await git(root, 'sparse-checkout', 'set', 'impl-new', 'more');
    expect(existsSync(join(root, 'data'))).toBe(false);
    expect(await check(root, ['--against', 'HEAD~1'])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('a partial clone that cannot fetch names the files', async () => {
    const origin = await repository({ ...reading('data.txt'), 'data.txt': 'one' });
    await git(origin, 'config', 'uploadpack.allowFilter', 'true');
    await writeFile(join(origin, 'data.txt'), 'two');
    await git(origin, 'commit', '-q', '-a', '-m', 'second');
    const clone = join(await project({}), 'clone');
    await git(origin, 'clone', '-q', '--filter=blob:none', `file://${origin}`, clone);
    await rename(origin, `${origin}-gone`);
    const { exitCode, stderr } = await check(clone, ['--against', 'HEAD~1']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /cannot be checked out, because this partial clone does not have data\.txt and could not fetch it/,
    );
  });
});

describe('git itself', () => {
  test.each([
    { ref: '^HEAD', says: 'it excludes commits' },
    { ref: 'HEAD..main', says: 'it stands for several commits' },
    { ref: 'HEAD...main', says: 'it stands for several commits' },
    { ref: 'HEAD^@', says: 'it stands for several commits' },
    { ref: '', says: 'it is empty' },
    { ref: '-x', says: 'it begins with a dash' },
    { ref: '--output=x', says: 'it begins with a dash' },
    { ref: 'HEAD:impl-new', says: 'it is a tree' },
    { ref: 'HEAD:impl-new/index.mjs', says: 'it is a blob' },
  ])('--against "$ref" is rejected', async ({ ref, says }) => {
    const root = await repository(JOB);
    const { stderr, exitCode } = await check(root, [`--against=${ref}`]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`--against ${JSON.stringify(ref)} does not name a commit: ${says}`);
    expect(existsSync(join(root, 'reports'))).toBe(false);
  });

  test('a tag, an abbreviated commit and a search are commits', async () => {
    const root = await repository(JOB);
    await git(root, 'tag', '-a', '-m', 'tagged', 'v1');
    const short = await git(root, 'rev-parse', '--short', 'HEAD');
    for (const ref of ['v1', short, ':/first', '@']) {
      expect(await check(root, ['--against', ref])).toMatchObject({ exitCode: 0 });
    }
  });

  test('that is not installed: the message says so, and other commands do without', async () => {
    const root = await repository({ ...JOB, 'impl-old/index.mjs': JOB['impl-new/index.mjs'] });
    const env = { PATH: await project({}) };
    const { stderr, exitCode } = await check(root, [], env);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^git was not found\. To compare with another commit, install git/);
    const run = await outpace(root, ['profile', 'new', '--runs', '1', '--quiet'], env);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('that does not trust the folder', async () => {
    const root = await repository(JOB);
    const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    const { stderr, exitCode } = await check(root, [], env);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^git refuses to read \/.*, because it belongs to another user\. If you trust it: git config --global --add safe\.directory '\//,
    );
    const trusted = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' };
    expect(await check(root, [], { ...env, ...trusted })).toMatchObject({ exitCode: 0 });
  });

  test('all its commands are run without the variables of a hook', async () => {
    const root = await repository(JOB);
    const log = join(await project({}), 'seen.txt');
    const real = (await execa('sh', ['-c', 'command -v git'])).stdout;
    const bin = await project({
      git: `#!/bin/sh\nfor name in $('${real}' rev-parse --local-env-vars); do eval "[ -z \\"\\\${$name+set}\\" ]" || echo "$name" >>'${log}'; done\necho run >>'${log}.runs'\nexec '${real}' "$@"\n`,
    });
    await chmod(join(bin, 'git'), 0o755);
    const names = (await git(root, 'rev-parse', '--local-env-vars')).split('\n');
    const hostile = Object.fromEntries(names.map((name) => [name, join(bin, 'nowhere')]));
    const { exitCode } = await check(root, [], {
      ...hostile,
      GIT_CONFIG_COUNT: '0',
      PATH: `${bin}${delimiter}${process.env.PATH}`,
    });
    expect(exitCode).toBe(0);
    expect(existsSync(`${log}.runs`)).toBe(true);
    expect(existsSync(log)).toBe(false);
  });
});
