/** The gate, in git repositories made for it. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../src/compare/check-report.ts';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';

/** A limit that is never reached. */
const GENEROUS = ['--max-slowdown', '3000%'];

/** Sampled, a run loops for a nanosecond or so a turn; timed, it takes exactly as long as it states. */
const busy = (turns: number, value = 1) => `// takes ${turns / 1e6} ms
export function run() {
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
const BASE = { 'impl-new/index.mjs': busy(4e6), 'impl-old/index.mjs': busy(4e7) };

/** Without a process of outpace, and with stated times. */
const outpaceTimed = (root: string, args: readonly string[]) =>
  outpaceHere(root, args, { machine: hybridMachine().world });

async function checked(root: string, ...args: string[]) {
  const { stdout, stderr, exitCode } = await outpaceTimed(root, ['check', '--json', '--quiet', ...args]);
  expect(stderr).toBe('');
  return { report: JSON.parse(stdout) as CheckReport, exitCode };
}

describe('this tree against another commit', () => {
  test('a change that takes ten times as long fails, after it was measured twice; uncommitted changes are what is measured', async () => {
    const root = await repository(BASE);
    await writeFile(join(root, 'impl-new/index.mjs'), busy(4e7));
    const { report, exitCode } = await checked(root, '--max-slowdown', '20%');
    expect(exitCode).toBe(2);
    expect(report).toMatchObject({
      kind: 'check',
      verdict: { kind: 'fail' },
      uncommittedChanges: true,
      against: { name: 'the merge base with main', commit: (await git(root, 'rev-parse', 'HEAD')).stdout },
      rules: [
        { name: 'sameOutput', verdict: 'pass' },
        { name: 'maxSlowdown', verdict: 'fail', limit: 0.2, measuredAgain: true },
      ],
      causes: [{ name: 'run', file: 'impl-new/index.mjs', reason: 'more time a call' }],
    });
    expect(report.rules[1]?.measured?.low).toBeGreaterThan(0.2);
    expect(await worktrees(root)).toBe(1);
  });

  test('a branch that is faster passes, and says so', async () => {
    const root = await repository(BASE);
    await git(root, 'switch', '--quiet', '-c', 'faster');
    await writeFile(join(root, 'impl-new/index.mjs'), busy(1e6));
    await git(root, 'commit', '--quiet', '-a', '-m', 'faster');
    const { stdout, exitCode } = await outpaceTimed(root, ['check', '--max-slowdown', '10%', '--quiet']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Check passed: new against new@[\da-f]{8}: [\d.]+ % faster/);
    expect(stdout).not.toContain('uncommitted');
  });

  test('new must stay so much faster than old', async () => {
    const root = await repository(BASE);
    const passes = await checked(root, ...GENEROUS, '--min-gain', '20%');
    expect(passes.report.rules.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['sameOutput', 'pass'],
      ['maxSlowdown', 'pass'],
      ['minGain', 'pass'],
    ]);
    const fails = await checked(root, ...GENEROUS, '--min-gain', '99%');
    expect(fails.exitCode).toBe(2);
    expect(fails.report.rules[2]).toMatchObject({ name: 'minGain', verdict: 'fail', measuredAgain: true });
  });

  test('another output ends it with 3', async () => {
    const root = await repository(BASE);
    await writeFile(join(root, 'impl-new/index.mjs'), busy(4e6, 2));
    const { stdout, exitCode } = await outpaceTimed(root, ['check', '--quiet']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(
      /^Check FAILED: new against new@[\da-f]{8}: the outputs differ\n {2}the first difference is at \$\n {2}new@[\da-f]{8}: \$ = 1\n {2}new: \$ = 2\n/,
    );
    expect(await worktrees(root)).toBe(1);
  });
});

/** `helper` is called a thousand times a turn, in no time that could be measured. */
const looping = (helper: string, extra = '') => `function helper(x) { return x; } // takes 20 ms
${extra}
export function run() {
  let sum = 0;
  for (let turn = 0; turn < 1000; turn += 1) sum = ${helper};
  for (let turn = 0; turn < 1e6; turn += 1) sum = (sum * 31 + turn) | 0;
  return 1 + sum * 0;
}`;

describe('what has no noise', () => {
  test('one more call inside a loop is caught by counts, and named', async () => {
    const root = await repository({ 'impl-new/index.mjs': looping('helper(sum)') });
    await writeFile(join(root, 'impl-new/index.mjs'), looping('helper(helper(sum))'));
    const { report, exitCode } = await checked(root, ...GENEROUS, '--max-calls', '0%');
    expect(exitCode).toBe(2);
    expect(report.rules.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['sameOutput', 'pass'],
      ['maxSlowdown', 'pass'],
      ['maxCalls', 'fail'],
    ]);
    expect(report.rules[2]).toMatchObject({
      measured: { point: 1, low: 1, high: 1, confidenceLevel: 1 },
      figures: { unit: 'calls', before: 1000, after: 2000 },
      grown: 'function',
      why: 'the calls of one function exceed the limit:\nimpl-new/index.mjs:1 helper: 1,000 → 2,000 calls',
    });
    expect(report.causes).toMatchObject([
      { name: 'helper', reason: 'more calls', calls: { before: 1000, after: 2000 } },
    ]);
  });

  test('a call of a new function is caught by all together', async () => {
    const root = await repository({ 'impl-new/index.mjs': looping('helper(sum)') });
    await writeFile(
      join(root, 'impl-new/index.mjs'),
      looping('added(helper(sum))', 'function added(x) { return x; }'),
    );
    const { report } = await checked(root, ...GENEROUS, '--max-calls', '0%');
    expect(report.rules[2]).toMatchObject({
      ...{ verdict: 'fail', grown: 'total', figures: { before: 1001, after: 2001 } },
      why:
        'the calls of all functions together exceed the limit, those of no single function do; called more often:\n' +
        'impl-new/index.mjs:2 added: 1,000 calls, new',
    });
    expect(report.causes).toMatchObject([
      { name: 'added', file: 'impl-new/index.mjs', reason: 'new', calls: { before: null, after: 1000 } },
    ]);
  });

  test('a renamed function is no growth', async () => {
    const root = await repository({ 'impl-new/index.mjs': looping('helper(sum)') });
    await writeFile(
      join(root, 'impl-new/index.mjs'),
      looping('helper(sum)').replaceAll('helper', 'assistant'),
    );
    const { report } = await checked(root, ...GENEROUS, '--max-calls', '0%');
    expect(report.rules[2]).toMatchObject({ name: 'maxCalls', verdict: 'pass' });
  });
});

test('rules of single functions and packages', async () => {
  const heavy = (turns: number) =>
    looping(
      'helper(sum)',
      `function heavy(x) { for (let i = 0; i < ${turns}; i += 1) x = (x * 31 + i) | 0; return x; }`,
    ).replace('return 1 +', 'sum = heavy(sum);\n  return 1 +');
  const root = await repository({
    'impl-new/index.mjs': heavy(4e6),
    'outpace.config.mjs': `export default {
      check: {
        maxSlowdown: 30,
        functions: {
          'impl-new/**:heavy': { maxSlowdown: 0.5, maxCalls: 0 },
          run: { maxSlowdown: 30 },
          nowhere: { maxSlowdown: 0, maxCalls: 0 },
        },
        packages: { 'own files': { maxShare: 0.5 }, lodash: { maxShare: 0.1 } },
      },
    };`,
  });
  await writeFile(join(root, 'impl-new/index.mjs'), heavy(2e7));
  const { report, exitCode } = await checked(root);
  expect(exitCode).toBe(2);
  expect(report.rules.map(({ name, pattern, verdict }) => [name, pattern, verdict])).toEqual([
    ['sameOutput', null, 'pass'],
    ['maxSlowdown', null, 'pass'],
    ['maxCalls', 'impl-new/**:heavy', 'pass'],
    ['maxCalls', 'nowhere', 'inconclusive'],
    ['maxSlowdown', 'impl-new/**:heavy', 'fail'],
    ['maxSlowdown', 'run', 'pass'],
    ['maxSlowdown', 'nowhere', 'inconclusive'],
    ['maxShare', 'own files', 'fail'],
    ['maxShare', 'lodash', 'pass'],
  ]);
  expect(report.causes[0]).toMatchObject({ name: 'heavy', reason: 'more time a call' });
});

describe('against a stored baseline', () => {
  const baseline = ['--baseline', 'outpace.baseline.json'];

  test('made, kept, and read again: calls fail it, a smaller change of time does not', async () => {
    const root = await repository({ 'impl-new/index.mjs': looping('helper(sum)') });
    const made = await outpaceTimed(root, ['check', ...baseline, '--update-baseline', '--quiet']);
    expect(made.stdout).toMatch(
      /^new: the calls of 2 functions, an output of 1 bytes, 12 timed pairs\nSaved: outpace\.baseline\.json$/,
    );
    const text = await readFile(join(root, 'outpace.baseline.json'), 'utf8');
    expect(text).toContain('"impl-new/index.mjs:helper": 1000,\n        "impl-new/index.mjs:run": 1\n');

    const same = await checked(root, ...baseline, ...GENEROUS);
    expect(same.exitCode).toBe(0);
    expect(same.report.baseline).toEqual({ file: 'outpace.baseline.json', differences: [] });
    expect(same.report.rules.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['sameOutput', 'pass'],
      ['maxCalls', 'pass'],
      ['maxMemory', 'pass'],
      ['maxSlowdown', 'pass'],
    ]);

    await writeFile(join(root, 'impl-new/index.mjs'), looping('helper(helper(sum))'));
    const more = await checked(root, ...baseline, ...GENEROUS);
    expect(more.exitCode).toBe(2);
    expect(more.report.causes).toMatchObject([{ name: 'helper', reason: 'more calls' }]);

    // Another machine: the same breach is told, and fails nothing.
    const elsewhere = text
      .replace(/"v8": "[^"]+"/, '"v8": "9.9.1"')
      .replace(/"cpu": "[^"]+"/, '"cpu": "Other"');
    await writeFile(join(root, 'outpace.baseline.json'), elsewhere);
    const told = await checked(root, ...baseline, ...GENEROUS, '--require-conclusive');
    expect(told.exitCode).toBe(4);
    expect(told.report.rules[1]).toMatchObject({ name: 'maxCalls', verdict: 'inconclusive', mayFail: false });
    expect(told.report.baseline?.differences).toEqual([
      expect.stringMatching(/^V8: 9\.9 in the baseline, /),
      expect.stringMatching(/^processor: Other in the baseline, /),
    ]);
  });

  test('another output ends it with 3', async () => {
    const root = await repository({ 'impl-new/index.mjs': busy(1000) });
    await outpaceTimed(root, ['check', ...baseline, '--update-baseline', '--quiet']);
    await writeFile(join(root, 'impl-new/index.mjs'), busy(1000, 22));
    const { report, exitCode } = await checked(root, ...baseline);
    expect(exitCode).toBe(3);
    expect(report.rules).toMatchObject([
      { name: 'sameOutput', verdict: 'fail', why: expect.stringContaining('1 bytes') },
    ]);
  });

  test.each([
    { text: null, says: /there is no outpace\.baseline\.json: `outpace check --update-baseline/ },
    { text: '{', says: /outpace\.baseline\.json is not JSON/ },
    { text: '{"schemaVersion":1}', says: /is not an outpace baseline: kind/ },
    { text: '{"schemaVersion":1,"kind":"baseline","jobs":{}}', says: /has nothing of the job/ },
  ])('$says', async ({ text, says }) => {
    const root = await repository(BASE);
    if (text !== null) await writeFile(join(root, 'outpace.baseline.json'), text);
    const { stderr, exitCode } = await outpaceTimed(root, ['check', ...baseline, '--quiet']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(says);
  });

  test('--update-baseline without a file', async () => {
    const { stderr, exitCode } = await outpaceTimed(await repository(BASE), ['check', '--update-baseline']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/--update-baseline goes with --baseline <file>/);
  });
});

describe('the other commit’s packages', () => {
  const pack = (version: string) =>
    JSON.stringify({ name: 'p', lockfileVersion: 3, packages: { '': { version } } });

  test('are shared where both lock the same', async () => {
    const root = await repository({
      'impl-new/index.mjs': "import { one } from 'one'; export const run = () => one; // takes 5 ms",
      'package-lock.json': pack('1.0.0'),
      'node_modules/one/index.mjs': 'export const one = 1;',
      'node_modules/one/package.json': '{"name":"one","exports":"./index.mjs"}',
      '.gitignore': 'node_modules\nreports\n',
    });
    const { report } = await checked(root, '--max-slowdown', '90%');
    expect(report.rules[1]?.pairs).toBeGreaterThan(1);
  });
});

test('a project in a folder of a repository, its packages in the folder above', async () => {
  const root = await repository({
    'package.json': '{"private":true,"workspaces":["app"]}',
    'app/package.json': '{"name":"app"}',
    'app/impl-new/index.mjs': "import { one } from 'one'; export const run = () => one; // takes 5 ms",
    'node_modules/one/index.mjs': 'export const one = 1;',
    'node_modules/one/package.json': '{"name":"one","exports":"./index.mjs"}',
    '.gitignore': 'node_modules\nreports\n',
  });
  const { report } = await checked(join(root, 'app'), '--max-slowdown', '90%');
  expect(report.rules[0]).toMatchObject({ name: 'sameOutput', verdict: 'pass' });
  expect(report.uncommittedChanges).toBe(false);
});

describe('packages that are links into the tree lead to its own folder there', () => {
  const lock =
    '{"name":"w","lockfileVersion":3,"packages":{"":{"name":"w","workspaces":["lib"]},"lib":{"version":"1.0.0"},"node_modules/lib":{"resolved":"lib","link":true}}}';

  test('each tree has its own', async () => {
    const root = await repository({
      'package.json': '{"name":"w","private":true,"workspaces":["lib"]}',
      'package-lock.json': lock,
      'lib/package.json': '{"name":"lib","version":"1.0.0","exports":"./index.mjs"}',
      'lib/index.mjs': 'export const answer = 1;',
      'impl-new/index.mjs': "import { answer } from 'lib'; export const run = () => answer; // takes 5 ms",
      '.gitignore': 'node_modules\nreports\n',
    });
    await mkdir(join(root, 'node_modules'));
    await symlink('../lib', join(root, 'node_modules/lib'), 'junction');
    await writeFile(join(root, 'lib/index.mjs'), 'export const answer = 2;');
    const { report, exitCode } = await checked(root);
    expect(exitCode).toBe(3);
    expect(report.rules[0]?.why).toMatch(/new@[\da-f]{8}: \$ = 1\nnew: \$ = 2/);
  });
});

describe('what cannot be checked is told', () => {
  test('no repository', async () => {
    const { stderr, exitCode } = await outpace(await project(BASE), ['check'], {
      GIT_CEILING_DIRECTORIES: tmpdir(),
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/is not in a git repository/);
  });

  test.each([
    { args: ['--against', 'nowhere'], says: 'there is no commit "nowhere" here' },
    { args: ['--against', '--output=x'], says: '--against "--output=x" does not name a commit' },
    { args: ['other'], says: 'Unknown implementation specified' },
  ])('$args', async ({ args, says }) => {
    const root = await repository(BASE);
    const { stderr, exitCode } = await outpaceTimed(root, ['check', ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(says);
    expect(await worktrees(root)).toBe(1);
  });

  test('a commit without the implementation', async () => {
    const root = await repository({ 'impl-old/index.mjs': busy(1000) });
    await mkdir(join(root, 'impl-new'));
    await writeFile(join(root, 'impl-new/index.mjs'), busy(1000));
    const { stderr, exitCode } = await outpaceTimed(root, ['check', '--quiet']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^the merge base with main \([\da-f]{8}\) has no implementation 'new' to compare with\. Use --implementation-from this-tree /,
    );
    expect(await worktrees(root)).toBe(1);
  });

  test('a shallow clone', async () => {
    const root = await repository(BASE);
    await git(root, 'commit', '--quiet', '--allow-empty', '-m', 'second');
    const clone = await project({});
    await execa('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, join(clone, 'here')]);
    const { stderr } = await outpaceTimed(join(clone, 'here'), ['check', '--against', 'HEAD~1']);
    expect(stderr).toMatch(/a shallow clone: `git fetch --unshallow`/);
  });
});

describe('no worktree is left', () => {
  /** A folder for temporary files that no other test uses. */
  const temporary = () => project({});
  // Node keeps its compile cache there too.
  const leftovers = async (folder: string) =>
    (await readdir(folder)).filter((name) => name.startsWith('outpace-'));

  async function endedBy(root: string, signal: 'SIGINT' | 'SIGKILL', tmp: string) {
    const env = { TMPDIR: tmp, TEMP: tmp };
    const child = outpace(root, ['check', '--budget', '60s', '--max-slowdown', '0%'], env);
    child.stderr?.on('data', (text: Buffer) => {
      if (text.toString().includes('measuring')) child.kill(signal);
    });
    return child;
  }

  test('by Ctrl-C', async () => {
    const [root, tmp] = [await repository(BASE), await temporary()];
    expect(await endedBy(root, 'SIGINT', tmp)).toMatchObject({ exitCode: 130 });
    expect(await worktrees(root)).toBe(1);
    expect(await leftovers(tmp)).toEqual([]);
  });

  test('by an end that cannot be caught', async () => {
    const [root, tmp] = [await repository(BASE), await temporary()];
    expect(await endedBy(root, 'SIGKILL', tmp)).toMatchObject({ signal: 'SIGKILL' });
    await expect.poll(() => worktrees(root)).toBe(1);
    await expect.poll(() => leftovers(tmp)).toEqual([]);
  });

  test('by an implementation that crashes', async () => {
    const root = await repository(BASE);
    await writeFile(
      join(root, 'impl-new/index.mjs'),
      'export function run() { process.kill(process.pid, "SIGKILL"); }',
    );
    expect(await outpace(root, ['check', '--quiet'])).toMatchObject({ exitCode: 1 });
    expect(await worktrees(root)).toBe(1);
  });
});
