/** A run that fails late: the message names it, and what was measured before it is kept. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';

const WELL = 'export const run = ({ n = 1 } = {}) => n * 0;';
/** Does `fails` in one process of all, that which is the nth of this implementation. */
const failingIn = (nth: number, fails: string) => `import { appendFileSync, statSync } from 'node:fs';
  const starts = new URL('./starts', import.meta.url);
  appendFileSync(starts, '.');
  export function run({ n = 1 } = {}) {
    if (statSync(starts).size === ${nth}) { ${fails} }
    return n * 0;
  }`;

/** A machine where the nth timed run of an implementation throws, and any run but a timed one is a real process. */
const breakingAt = (nth: number, name = 'new') => ({
  machine: hybridMachine((implementation) => ({
    wallMs: 5,
    ...(implementation === name ? { failsAt: nth } : {}),
  })).world,
});

async function saved(root: string, ending: string) {
  const names = await readdir(join(root, 'reports')).catch((): string[] => []);
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  const found = names.filter((name) => name.endsWith(`${ending}.json`));
  return Promise.all(
    found.map(async (name) => JSON.parse(await readFile(join(root, 'reports', name), 'utf8'))),
  );
}

describe('bench', () => {
  // The outputs are compared in one process of each side before the first pair.
  test.each([
    {
      what: 'throws',
      fails: 'throw new Error("late");',
      says: /^pair 3, new \(cold\): implementation 'new' failed in run: Error: late/,
    },
    {
      what: 'dies',
      fails: 'process.kill(process.pid, "SIGKILL");',
      says: /^pair 3, new \(cold\): implementation 'new' ended its process in run with signal SIGKILL/,
    },
    {
      what: 'takes too long',
      // Without a CPU, which other tests have use for.
      fails: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
      says: /^pair 3, new \(cold\): implementation 'new' was still in run after 8000 ms/,
    },
  ])('a run that $what in the third pair', async ({ fails, says }) => {
    const root = await project({ 'impl-old/index.mjs': WELL, 'impl-new/index.mjs': failingIn(4, fails) });
    const { stderr, stdout, exitCode } = await outpace(root, [
      ...['bench', '--mode', 'cold', '--pairs', '6', '--quiet', '--timeout', '8s'],
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/\nThe 2 pairs before it are saved in reports\/\S+_old_new_bench\.json\.$/);
    expect(await saved(root, '_bench')).toMatchObject([{ stoppedBy: 'failed', pairs: { length: 2 } }]);
  });

  test('in the first pair, nothing was saved; the mode and the side are those that ran', async () => {
    const late = failingIn(2, 'throw new Error("at once");');
    const root = await project({ 'impl-old/index.mjs': late, 'impl-new/index.mjs': WELL });
    const args = ['bench', '--pairs', '6', '--mode', 'steady', '--quiet'];
    const { stderr } = await outpaceHere(root, args);
    expect(stderr).toMatch(/^pair 1, old \(steady\): implementation 'old' failed in run: Error: at once/);
    expect(stderr).toMatch(/\nNothing was saved\.$/);
    expect(await saved(root, '')).toEqual([]);
  });

  test('of three sides it is a round', async () => {
    const root = await project({
      ...{ 'impl-old/index.mjs': WELL, 'impl-new/index.mjs': WELL },
      'impl-third/index.mjs': WELL,
    });
    const args = ['bench', 'old', 'new', 'third', '--mode', 'cold', '--pairs', '3', '--quiet'];
    const { stderr } = await outpaceHere(root, args, breakingAt(2, 'third'));
    expect(stderr).toMatch(/^round 2, third \(cold\): /);
    expect(stderr).toMatch(/\nThe round before it is saved in reports\//);
  });

  test('an output whose size changes from pair to pair has a warning', async () => {
    // Of bytes: how large a value is takes time to find out, so that is not asked in the pairs.
    const root = await project({
      'impl-old/index.mjs': "export const run = () => Buffer.from('0');",
      'impl-new/index.mjs': failingIn(3, "return Buffer.from('longer');").replace(
        'return n * 0;',
        "return Buffer.from('0');",
      ),
    });
    const { stdout, exitCode } = await outpaceHere(root, [
      'bench',
      '--mode',
      'cold',
      '--pairs',
      '3',
      '--quiet',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).warnings.join('\n')).toContain(
      'the output of new differs in size from run to run: 1, ',
    );
  });
});

describe('gain', () => {
  test('a counting run', async () => {
    const root = await project({
      'impl-old/index.mjs': WELL,
      'impl-new/index.mjs': failingIn(1, 'throw new Error("early");'),
    });
    const { stderr, exitCode } = await outpaceHere(root, ['gain', '--quick', '--quiet']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^new: counting run 1 of 1: implementation 'new' failed in run: Error: early/);
    expect(stderr).toMatch(/\nNothing was saved\.$/);
  });

  test('a sampling run: the pairs stay', async () => {
    // One counting run comes before it, and pairs that start no process here.
    const root = await project({
      'impl-old/index.mjs': WELL,
      'impl-new/index.mjs': failingIn(2, 'throw new Error("late");'),
      'outpace.config.json': '{"quick":{"budget":1}}',
    });
    const { stderr, exitCode } = await outpaceHere(root, ['gain', '--quick', '--quiet'], breakingAt(0));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^new: sampling run 1 of 1: implementation 'new' failed in run: Error: late/);
    expect(stderr).toMatch(/\nThe 6 pairs are saved in reports\/\S+_bench\.json; no profile is\.$/);
    expect(await saved(root, '_bench')).toMatchObject([{ pairs: { length: 6 } }]);
    expect(await saved(root, '_profile')).toEqual([]);
  });
});

test('profile names the run, and saves nothing', async () => {
  const root = await project({ 'impl-new/index.mjs': failingIn(2, 'throw new Error("late");') });
  const { stderr, exitCode } = await outpaceHere(root, ['profile', 'new', '--quiet']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^new: timing run 2 of 3: implementation 'new' failed in run: Error: late/);
  expect(stderr).toMatch(/\nNothing was saved\.$/);
});

describe('scale', () => {
  const files = {
    'impl-old/index.mjs': WELL,
    'impl-new/index.mjs': WELL,
    'outpace.config.json': '{"input":{"n":1}}',
  };
  const SWEEP = ['scale', '--sizes', '5,6', '--quiet'];

  test('names the size, and keeps the rounds before', async () => {
    // A round has two sizes.
    const root = await project(files);
    const { stderr, exitCode } = await outpaceHere(root, SWEEP, breakingAt(3));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^round 2, new with n=[56]: implementation 'new' failed in run: Error: broken/);
    expect(stderr).toMatch(/\nThe round before it is saved in reports\/\S+_scale\.json\.$/);
    expect(await saved(root, '_scale')).toMatchObject([
      { rounds: 1, stoppedBy: 'failed', series: [{ points: { length: 2 } }, {}] },
    ]);
  });

  test('nothing of a first round', async () => {
    const root = await project(files);
    const { stderr } = await outpaceHere(root, SWEEP, breakingAt(1));
    expect(stderr).toMatch(/^round 1, new with n=[56]: [\s\S]*\nNothing was saved\.$/);
    expect(await saved(root, '')).toEqual([]);
  });
});

test('check names the pair and the commit’s side', async () => {
  const root = await project({ 'impl-new/index.mjs': WELL, '.gitignore': 'reports/\nprofiles/\nstarts\n' });
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: root });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '-A');
  await git('commit', '--quiet', '-m', 'first');
  await writeFile(join(root, 'impl-new/index.mjs'), `${WELL}\n// changed`);
  const args = ['check', '--quiet', '--max-slowdown', '50%'];
  const { stderr, exitCode } = await outpaceHere(root, args, breakingAt(2));
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^pair 2, new \(cold\): implementation 'new' failed in run: Error: broken/);
  expect(stderr).toMatch(
    /\nThe pair before it is saved in reports\/\S+_bench\.json\.\nThe check was not saved\.$/,
  );
});
