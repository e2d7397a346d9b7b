/** The GitHub action: what it is made of, and its steps run as a runner runs them, with what stands for gh and outpace. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, test } from 'vitest';
import { project } from '../support/outpace.ts';
import { git, repository } from '../support/repository.ts';
import { ACTION_FOLDER, readAction, runAction, type Situation } from '../support/run-action.ts';

describe('what it is made of', () => {
  test('inputs reach a script through the environment alone', async () => {
    const { runs } = await readAction();
    const scripts = runs.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  test('each script is one that a shell takes', async () => {
    const { runs } = await readAction();
    for (const { run, shell } of runs.steps) {
      if (run === undefined) continue;
      expect(shell).toBe('bash');
      await execa('bash', ['-n', '-c', run]);
    }
    await execa('bash', ['-n', join(ACTION_FOLDER, 'action/history.sh')]);
  });

  test('no action of others, but GitHub’s own', async () => {
    const { runs } = await readAction();
    for (const { uses } of runs.steps) if (uses !== undefined) expect(uses).toMatch(/^actions\//);
  });
});

/** An outpace that notes what it was asked for, and answers as a job's name says. */
const STAND_IN = `
  import { appendFileSync, writeFileSync } from 'node:fs';
  const args = process.argv.slice(2);
  if (args[0] === 'env') { console.log(JSON.stringify({ job: 'only' })); process.exit(0); }
  appendFileSync('asked.jsonl', JSON.stringify(args) + '\\n');
  const after = (name) => args[args.indexOf(name) + 1];
  const job = after('--job');
  console.error('measuring');
  if (job === 'mute') process.exit(0);
  if (job.startsWith('broken')) { console.error('it is broken'); process.exit(1); }
  writeFileSync(after('--markdown'), '<!-- outpace-check:' + job + ' -->\\n### ' + job + '\\n');
  writeFileSync(after('--junit'), '<testsuites/>');
  const [kind, code] = { slow: ['fail', 2], unlike: ['fail', 3], open: ['inconclusive', 4] }[job] ?? ['pass', 0];
  console.log(JSON.stringify({ kind: 'check', job, verdict: { kind } }));
  process.exitCode = code;`;
const WITH_STAND_IN = {
  'outpace.config.json': '{}',
  'node_modules/outpace/package.json': '{"name":"outpace","version":"9.9.9","type":"module"}',
  'node_modules/outpace/bin/outpace.js': STAND_IN,
};

/** A gh that keeps an issue's comments in a file, and notes what it was asked for. */
const GH = `#!/usr/bin/env node
  const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
  const { join } = require('node:path');
  const here = (name) => join(__dirname, name);
  const args = process.argv.slice(2);
  appendFileSync(here('asked.jsonl'), JSON.stringify(args) + '\\n');
  if (process.env.GH_TOKEN !== 'secret') { console.error('HTTP 401'); process.exit(1); }
  const comments = JSON.parse(readFileSync(here('comments.json'), 'utf8'));
  const method = args.includes('--method') ? args[args.indexOf('--method') + 1] : 'GET';
  const path = args.find((arg) => arg.startsWith('repos/') || arg === 'user' || arg === 'graphql');
  const known = { user: process.env.PERSON, graphql: process.env.VIEWER };
  if (path in known) {
    if (known[path]) console.log(known[path]);
    else console.error('HTTP 403');
    process.exit(known[path] ? 0 : 1);
  }
  if (method === 'GET') { for (const one of comments) console.log(JSON.stringify(one)); process.exit(0); }
  if (process.env.READ_ONLY) { console.error('gh: Resource not accessible by integration (HTTP 403)'); process.exit(1); }
  const { body } = JSON.parse(readFileSync(0, 'utf8'));
  const id = Number(path.split('/').at(-1));
  const changed = method === 'POST'
    ? [...comments, { id: comments.length + 1, body, user: { login: 'github-actions[bot]', type: 'Bot' } }]
    : comments.map((one) => (one.id === id ? { ...one, body } : one));
  writeFileSync(here('comments.json'), JSON.stringify(changed));`;

let bin: string;
beforeEach(async () => {
  bin = await project({ gh: GH, npx: '#!/bin/sh\necho "$@" >> npx.asked\nexit 7\n', 'comments.json': '[]' });
  for (const name of ['gh', 'npx']) await chmod(join(bin, name), 0o755);
});
const withBin = (env: Readonly<Record<string, string>> = {}) => ({
  PATH: `${bin}:${process.env.PATH}`,
  ...env,
});
const comments = async (): Promise<{ id: number; body: string }[]> =>
  JSON.parse(await readFile(join(bin, 'comments.json'), 'utf8'));
const asked = async (folder: string): Promise<string[][]> =>
  (await readFile(join(folder, 'asked.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const PULL_REQUEST = { pull_request: { number: 7 }, repository: { default_branch: 'main' } };

async function checked(known: Partial<Situation> = {}, files: Readonly<Record<string, string>> = {}) {
  const workspace = known.workspace ?? (await repository({ ...WITH_STAND_IN, ...files }));
  await git(workspace, 'commit', '--quiet', '--allow-empty', '-m', 'second');
  const situation = { event: PULL_REQUEST, token: 'secret', ...known, workspace };
  const inputs = { against: 'HEAD~1', ...known.inputs };
  return { workspace, ...(await runAction({ ...situation, inputs, env: withBin(known.env) })) };
}

describe('the check', () => {
  test('without jobs, the one there is; the files are where the outputs say', async () => {
    const { workspace, outputs, succeeds, results } = await checked();
    expect(succeeds).toBe(true);
    expect(outputs.verdict).toBe('pass');
    expect(JSON.parse(await readFile(outputs.report ?? '', 'utf8'))).toMatchObject({ job: 'only' });
    expect(await readFile(outputs.markdown ?? '', 'utf8')).toContain('### only');
    expect(await readFile(join(outputs.folder ?? '', '1.junit.xml'), 'utf8')).toBe('<testsuites/>');
    const commit = await git(workspace, 'rev-parse', 'HEAD~1');
    expect(await asked(workspace)).toEqual([
      expect.arrayContaining(['check', '--json', '--job', 'only', '--against', commit]),
    ]);
    expect(results[1]?.stderr).toContain('measuring');
  });

  test.each([
    { jobs: 'a b', verdict: 'pass', exitCode: 0 },
    { jobs: 'a, open', verdict: 'inconclusive', exitCode: 4 },
    { jobs: 'open\nslow', verdict: 'fail', exitCode: 2 },
    { jobs: 'slow unlike', verdict: 'fail', exitCode: 3 },
    { jobs: 'slow broken a', verdict: 'error', exitCode: 1 },
    { jobs: 'mute', verdict: 'error', exitCode: 1 },
  ])('of $jobs the worst counts: $verdict', async ({ jobs, verdict, exitCode }) => {
    const { outputs, succeeds, results } = await checked({ inputs: { jobs } });
    expect(outputs.verdict).toBe(verdict);
    expect(results[1]?.exitCode).toBe(exitCode);
    expect(succeeds).toBe(exitCode === 0);
    // One that failed does not hide the others, nor their comment.
    expect(outputs.report?.split('\n').filter((line) => line !== '')).toHaveLength(
      jobs.match(/\b(?!broken|mute)\w+/g)?.length ?? 0,
    );
    expect(results[2]).toMatchObject({ name: 'Comment', exitCode: 0 });
  });

  test('what could not be measured says so where an earlier run said something else', async () => {
    const { outputs, summary } = await checked({ inputs: { jobs: 'broken<1>' } });
    const text = await readFile(outputs.markdown ?? '', 'utf8');
    expect(text).toMatch(/^<!-- outpace-check:broken-1- -->\n### ✗ \*\*not measured\*\*/);
    expect(text).toContain('It ended with 1');
    expect(summary).toContain(text);
  });

  test('inputs are arguments, whatever they hold', async () => {
    const hostile = '$(touch hacked)`touch hacked`;touch$IFS.hacked';
    const { workspace } = await checked({
      inputs: { jobs: hostile, baseline: `${hostile} "x"`, args: `--a ${hostile}` },
    });
    const [args = []] = await asked(workspace);
    expect(args.slice(args.indexOf('--baseline') + 1)).toEqual([
      `${hostile} "x"`,
      '--a',
      ...hostile.split(' '),
    ]);
    await expect(readFile(join(workspace, 'hacked'))).rejects.toThrow('ENOENT');
  });

  test('a folder of the repository', async () => {
    const files = Object.fromEntries(
      Object.entries(WITH_STAND_IN).map(([name, text]) => [`sub/${name}`, text]),
    );
    const workspace = await repository(files);
    const { succeeds } = await checked({ workspace, inputs: { 'working-directory': 'sub' } });
    expect(succeeds).toBe(true);
    expect(await asked(join(workspace, 'sub'))).toHaveLength(1);
  });

  test.each([{ version: '' }, { version: '1.2.3-beta.1' }])(
    'without outpace, npx fetches it: $version',
    async ({ version }) => {
      const workspace = await repository({ 'outpace.config.json': '{"job":"a"}' });
      const { results, outputs } = await checked({ workspace, inputs: { version, jobs: 'a' } });
      const own = JSON.parse(await readFile(join(ACTION_FOLDER, 'package.json'), 'utf8')).version;
      expect(await readFile(join(workspace, 'npx.asked'), 'utf8')).toContain(
        `--yes outpace@${version || own} check --json`,
      );
      expect(results[1]?.exitCode).toBe(7);
      expect(outputs.verdict).toBe('error');
    },
  );
});

describe('history', () => {
  /** main: first; a branch of it: 60 commits; main went on by 2. */
  async function origin() {
    const root = await repository(WITH_STAND_IN);
    await git(root, 'switch', '--quiet', '-c', 'branch');
    for (let index = 0; index < 60; index += 1)
      await git(root, 'commit', '--quiet', '--allow-empty', '-m', `branch ${index}`);
    await git(root, 'switch', '--quiet', 'main');
    for (const name of ['a', 'b']) await git(root, 'commit', '--quiet', '--allow-empty', '-m', name);
    return root;
  }

  async function shallowClone(root: string, branch: string): Promise<string> {
    const folder = join(await project({}), 'clone');
    await execa('git', ['clone', '--quiet', '--depth=1', `--branch=${branch}`, `file://${root}`, folder]);
    for (const [name, text] of Object.entries(WITH_STAND_IN)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return folder;
  }

  const against = async (workspace: string) => {
    const [args = []] = await asked(workspace);
    return args[args.indexOf('--against') + 1];
  };
  const history = (workspace: string, inputs: Readonly<Record<string, string>>, base = 'main') =>
    runAction({ workspace, inputs, event: PULL_REQUEST, env: withBin({ GITHUB_BASE_REF: base }) });

  test('in a clone of depth 1, where the branch left the base', async () => {
    const root = await origin();
    const workspace = await shallowClone(root, 'branch');
    expect((await history(workspace, {})).succeeds).toBe(true);
    expect(await against(workspace)).toBe(await git(root, 'rev-parse', 'main~2'));
  });

  test('of the merge that GitHub makes of a pull request, the base’s tip', async () => {
    const root = await origin();
    await git(root, 'switch', '--quiet', '-c', 'merge', 'main');
    await git(root, 'merge', '--quiet', '--no-edit', 'branch');
    const workspace = await shallowClone(root, 'merge');
    expect((await history(workspace, {})).succeeds).toBe(true);
    expect(await against(workspace)).toBe(await git(root, 'rev-parse', 'main'));
  });

  test.each([
    { ref: 'main', names: 'main' },
    { ref: 'origin/branch', names: 'branch' },
    { ref: 'HEAD~5', names: 'branch~5' },
  ])('a ref that is asked for: $ref', async ({ ref, names }) => {
    const root = await origin();
    const workspace = await shallowClone(root, 'branch');
    expect((await history(workspace, { against: ref })).succeeds).toBe(true);
    expect(await against(workspace)).toBe(await git(root, 'rev-parse', names));
  });

  test('on the base itself, the commit before', async () => {
    const root = await origin();
    const workspace = await shallowClone(root, 'main');
    expect((await history(workspace, {}, '')).succeeds).toBe(true);
    expect(await against(workspace)).toBe(await git(root, 'rev-parse', 'main~1'));
  });

  test('a whole clone stays whole', async () => {
    const root = await origin();
    const folder = join(await project(WITH_STAND_IN), 'clone');
    await execa('git', ['clone', '--quiet', '--branch=branch', `file://${root}`, folder]);
    await execa('cp', ['-r', join(folder, '../node_modules'), folder]);
    expect((await history(folder, { against: 'main' })).succeeds).toBe(true);
    expect(await git(folder, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });

  test('with a baseline, none is needed', async () => {
    const workspace = await project({ ...WITH_STAND_IN, '.git': 'gitdir: nowhere' });
    await execa('rm', ['-r', join(workspace, '.git')]);
    await git(workspace, 'init', '--quiet');
    const { succeeds } = await history(workspace, { baseline: 'b.json' });
    expect(succeeds).toBe(true);
    const [args = []] = await asked(workspace);
    expect(args).not.toContain('--against');
    expect(args.slice(-2)).toEqual(['--baseline', 'b.json']);
  });

  test.each([
    { ref: 'nowhere', says: 'there is no commit nowhere here or at origin' },
    { ref: '--upload-pack=touch hacked', says: 'there is no commit' },
    { ref: '+main:refs/heads/main', says: 'there is no commit' },
    { ref: 'a\n::set-output name=x::y', says: 'there is no commit a?' },
  ])('a ref that is nowhere is told: $ref', async ({ ref, says }) => {
    const workspace = await repository(WITH_STAND_IN);
    const { succeeds, results } = await history(workspace, { against: ref });
    expect(succeeds).toBe(false);
    expect(results).toHaveLength(1);
    expect(results[0]?.stdout).toMatch(/^::error title=outpace::[^\n]*$/);
    expect(results[0]?.stdout).toContain(says);
  });
});

describe('the comment', () => {
  const OURS = 'github-actions[bot]';
  const marked = (id: number, login: string, body = '<!-- outpace-check:only -->\nold') => ({
    ...{ id, body, user: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' } },
  });
  const there = (list: readonly object[]) => writeFile(join(bin, 'comments.json'), JSON.stringify(list));

  test('is made once, and has a new text in the next run', async () => {
    await checked();
    expect(await comments()).toMatchObject([{ id: 1, body: '<!-- outpace-check:only -->\n### only\n' }]);
    await there([
      ...(await comments()).map((one) => ({ ...one, body: one.body.replace('### only', 'old') })),
    ]);
    await checked();
    expect(await comments()).toMatchObject([{ id: 1, body: '<!-- outpace-check:only -->\n### only\n' }]);
  });

  test('nobody else’s is touched, nor another job’s', async () => {
    const others = [
      marked(1, 'somebody'),
      marked(2, OURS, 'as I said:\n<!-- outpace-check:only -->'),
      marked(3, OURS, '<!-- outpace-check:only-2 -->\nx'),
      { ...marked(4, OURS), user: null },
      marked(5, 'another-app[bot]'),
      marked(6, 'github-actions'),
    ];
    await there([...others, marked(7, OURS, '<!-- outpace-check:only -->\r\nold')]);
    await checked();
    expect(await comments()).toMatchObject([...others, { id: 7, body: expect.stringContaining('### only') }]);
  });

  test.each([
    { whose: 'a person’s', env: { PERSON: 'somebody' }, login: 'somebody' },
    { whose: 'an app’s', env: { VIEWER: 'our-app[bot]' }, login: 'our-app[bot]' },
    { whose: 'an app’s, named without its suffix', env: { VIEWER: 'our-app' }, login: 'our-app[bot]' },
    { whose: 'one’s that answers with something else', env: { VIEWER: '{"data":null}' }, login: OURS },
  ])('with $whose token, its own account’s is updated, and no other', async ({ env, login }) => {
    const others = ['somebody-else', 'another-app[bot]', ...(login === OURS ? [] : [OURS])].map(
      (other, index) => marked(index + 1, other),
    );
    await there([...others, marked(9, login)]);
    await checked({ env });
    expect(await comments()).toMatchObject([...others, { id: 9, body: expect.stringContaining('### only') }]);
  });

  test('where there is none of its own account, one is made', async () => {
    await there([marked(1, 'another-app[bot]')]);
    await checked();
    expect(await comments()).toMatchObject([marked(1, 'another-app[bot]'), { id: 2 }]);
  });

  test('of several jobs there is one', async () => {
    await checked({ inputs: { jobs: 'a b' } });
    const [{ body } = { body: '' }, ...more] = await comments();
    expect(more).toEqual([]);
    expect(body).toBe('<!-- outpace-check:a -->\n### a\n\n<!-- outpace-check:b -->\n### b\n');
  });

  test('what is too long for GitHub is cut at a line', async () => {
    const text = STAND_IN.replace("job + '\\n')", "job + '\\n' + 'a line\\n'.repeat(20000))");
    await checked({}, { 'node_modules/outpace/bin/outpace.js': text });
    const [{ body } = { body: '' }] = await comments();
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/a line\n\nThe rest is in the step's summary\.\n$/);
  });

  test.each([
    { what: 'a token that may only read', known: { env: { READ_ONLY: '1' } }, says: /^::warning .*HTTP 403/ },
    { what: 'no token', known: { token: '' }, says: /there is no token/ },
    { what: 'no pull request', known: { event: {} }, says: /no pull request/ },
  ])('$what fails nothing', async ({ known, says }) => {
    const { results, succeeds } = await checked(known);
    expect(succeeds).toBe(true);
    expect(results[2]?.stdout).toMatch(says);
    expect(await comments()).toEqual([]);
  });

  test('none where none is wanted', async () => {
    const { results } = await checked({ inputs: { comment: 'false' } });
    expect(results.map(({ name }) => name)).toEqual(['Enough history', 'Check']);
  });
});
