/** What is printed: all of it or an error, and nothing in it that a terminal or a CI system acts on. */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project, TEST_NODE } from '../support/outpace.ts';
import { sampleReport } from '../support/sample-report.ts';

const BIN = fileURLToPath(new URL('../../bin/outpace.js', import.meta.url));
const isLinux = process.platform === 'linux';
const QUICK = 'export const run = () => 1;';

/** What would move a cursor, turn a line around, or stand at the start of a line of a log. */
const EVIL = '\u001b[31mred\u009b2J\u202egnp\u200b\n::error::owned ##[error]owned\r';
const ACTIVE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]|^\s*::|##\[/m;

async function withReports(job = 'job'): Promise<string> {
  const report = (implementation: string) =>
    JSON.stringify(
      sampleReport({ job, implementation, warnings: [EVIL], startedAt: '2026-01-01T00:00:00.000Z' }),
    );
  return project({
    'impl-old/index.mjs': QUICK,
    'impl-new/index.mjs': QUICK,
    'outpace.config.json': JSON.stringify({ job }),
    [`reports/2026-01-01_00-00-00-${job}_old_profile.json`]: report('old'),
    [`reports/2026-01-01_00-00-00-${job}_new_profile.json`]: report('new'),
  });
}

describe('a result that cannot be printed', () => {
  let root: string;
  const mounted: string[] = [];
  beforeAll(async () => {
    root = await withReports();
  });
  afterAll(() => {
    for (const folder of mounted) execFileSync('umount', [folder]);
  });
  const into = (file: string, ...args: readonly string[]) =>
    execa('sh', ['-c', 'exec "$0" "$@" > "$OUT"', TEST_NODE, BIN, ...args], {
      cwd: root,
      env: { OUT: file },
      reject: false,
    });

  test
    .skipIf(!isLinux)
    .each([
      [['compare']],
      [['compare', '--json']],
      [['compare', '--format', 'markdown']],
      [['history', '--json']],
      [['export', 'old', '--format', 'json']],
      [['env']],
      [['run', 'old']],
      [['--help']],
      [['bench', '--help']],
      [['--version']],
    ])('is an error in one line: outpace %j > /dev/full', async (args) => {
    const { exitCode, stderr } = await into('/dev/full', ...args);
    expect(stderr.split('\n').at(-1)).toBe(
      'stdout cannot be written: ENOSPC: no space left on device, write',
    );
    expect(exitCode).toBe(1);
  });

  // A disk of one's own can be filled; only root may mount one.
  test.skipIf(!(isLinux && process.getuid?.() === 0))('nor is a part of it a success', async () => {
    const small = join(root, 'small');
    await mkdir(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', small]);
    mounted.push(small);
    const { exitCode, stderr } = await into(join(small, 'out'), 'compare', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/^stdout .* ENOSPC/) });
  });

  test.skipIf(!isLinux)('a reader that stops early is none of its business', async () => {
    const line = `"$0" "$@" | head -c 1; echo " \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await execa('bash', ['-c', line, TEST_NODE, BIN, 'compare', '--json'], {
      cwd: root,
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{ 0', stderr: '' });
  });

  test.skipIf(!isLinux)('the exit code is right where not even the error can be printed', async () => {
    const line = '"$0" "$@" > /dev/full 2> /dev/full';
    const { exitCode } = await execa('bash', ['-c', line, TEST_NODE, BIN, 'compare'], {
      cwd: root,
      reject: false,
    });
    expect(exitCode).toBe(1);
  });
});

describe('nothing that is printed is acted on', () => {
  test.each([
    [['compare']],
    [['compare', '--json']],
    [['compare', '--format', 'markdown']],
    [['history']],
    [['history', '--json']],
    [['history', EVIL]],
    [['export', 'old', '--format', 'text']],
    [['export', 'old', '--format', 'json']],
    [['export', EVIL, '--format', 'json']],
    [['compare', `./${EVIL}`]],
    [['run', EVIL]],
    [['run', 'old', '--output', `none/${EVIL}`]],
    [['run', 'old', '--output', EVIL]],
    [['run', 'old', '--input', EVIL]],
    [['run', 'old', '--input', `n=${EVIL}`]],
    [['profile', EVIL]],
    [['bench', '--pairs', EVIL]],
    [['bench', `--pairs=${EVIL}`]],
    [['bench', '--mode', EVIL]],
    [['env', '--job', EVIL]],
    [['report', EVIL]],
    [[EVIL]],
    [[`--${EVIL}`]],
    [[`-${EVIL}`]],
    [['--debug', 'compare', EVIL]],
  ])('outpace %j', async (args) => {
    const root = await withReports();
    const { stdout, stderr } = await outpace(root, args, { GITHUB_ACTIONS: 'true', FORCE_COLOR: '1' });
    expect(stdout + stderr).not.toBe('');
    expect(stdout).not.toMatch(ACTIVE);
    expect(stderr).not.toMatch(ACTIVE);
  });

  test('the names of saved files', async () => {
    const { world: machine } = hybridMachine(() => ({ wallMs: 5 }));
    const root = await withReports();
    const folder = join(root, 'a\u001b[31m\u202e\n::error::b');
    await mkdir(folder);
    for (const side of ['old', 'new']) {
      await mkdir(join(folder, `impl-${side}`));
      await writeFile(join(folder, `impl-${side}/index.mjs`), QUICK);
    }
    await writeFile(
      join(folder, 'outpace.config.json'),
      JSON.stringify({ job: 'j', reports: '../\u001b[31m\n::error::reports', profiles: '../\u202eprofiles' }),
    );
    for (const args of [
      ['profile', 'old', '--runs', '1'],
      ['bench', '--pairs', '2'],
      ['gain', '--quick', '--budget', '1s'],
      ['compare'],
      ['report'],
    ]) {
      const { exitCode, stdout, stderr } = await outpaceHere(folder, args, { machine });
      expect({ args, exitCode, stderr }).toMatchObject({ exitCode: 0 });
      expect(stdout).not.toMatch(ACTIVE);
      expect(stderr).not.toMatch(ACTIVE);
    }
  }, 60_000);

  test('what a job wrote before it died, its colours taken away', async () => {
    const words = `\u001b[31mred\u001b[0m ${EVIL}`;
    const root = await project({
      'impl-old/index.mjs': `import { writeSync } from 'node:fs'; export const run = () => { writeSync(2, ${JSON.stringify(words)}); process.exit(3); };`,
      'impl-new/index.mjs': `export const run = () => { throw new Error(${JSON.stringify(words)}, { cause: ${JSON.stringify(EVIL)} }); };`,
    });
    for (const side of ['old', 'new']) {
      // `run` passes on what the job prints as it is, as Node does; everything else only quotes it.
      const { exitCode, stderr } = await outpaceHere(root, ['profile', side, '--runs', '1']);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('red ');
      expect(stderr).not.toMatch(ACTIVE);
    }
  });
});

test('a file’s own text is not changed by what a terminal would make of it', async () => {
  const root = await withReports();
  const { exitCode } = await outpaceHere(root, ['export', 'old', '--format', 'json', '--output', 'out.json']);
  expect(exitCode).toBe(0);
  const { stdout } = await outpaceHere(root, ['export', 'old', '--format', 'json']);
  const stored = JSON.parse(await readFile(join(root, 'out.json'), 'utf8'));
  expect(stored.warnings).toEqual([EVIL]);
  expect(JSON.parse(stdout)).toEqual(stored);
});
