import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseProfileReport } from '../../src/compare/profile-report.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';

const QUICK = 'export const run = () => 1;';
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

async function filesBelow(root: string): Promise<string[]> {
  const folders = ['profiles', 'reports'].map((name) => readdir(join(root, name)).catch(() => []));
  return (await Promise.all(folders)).flat().filter((name) => name !== '.gitkeep');
}

test('two profiles in the same second keep apart', async () => {
  const root = await project({ 'impl-old/index.mjs': QUICK });
  const both = await Promise.all(
    [1, 2, 3].map(() => outpace(root, ['profile', 'old', '--runs', '1', '--quiet'])),
  );
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(new Set(both.map(({ stdout }) => stdout)).size).toBe(3);
  expect(await filesBelow(root)).toHaveLength(3 * 4);
});

test.skipIf(process.platform === 'win32')('a folder that may not be written to', async () => {
  const root = await project({ 'impl-old/index.mjs': QUICK });
  await chmod(root, 0o555);
  await chmod(join(root, 'impl-old'), 0o755);
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const { exitCode, stdout, stderr } = await outpace(root, ['profile', 'old'], {}, user);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/profiles cannot be written: EACCES/);
  expect(await readdir(root)).toEqual(['impl-old']);
});

describe('what cannot be written is found out before anything runs', () => {
  const RAN = "import { writeFileSync } from 'node:fs'; export const run = () => writeFileSync('ran', '');";
  test.each([
    { args: ['profile', 'old'], blocked: 'profiles' },
    { args: ['profile', 'old'], blocked: 'reports' },
    { args: ['bench'], blocked: 'reports' },
    { args: ['bench', '--calibrate'], blocked: 'reports' },
    { args: ['gain'], blocked: 'profiles' },
    { args: ['gain'], blocked: 'reports' },
    { args: ['scale', '--sizes', '1,2', '--key', 'n'], blocked: 'reports' },
    { args: ['check', '--baseline', 'b.json', '--update-baseline'], blocked: 'b.json/x' },
    { args: ['check', '--baseline', 'known.json', '--junit', 'out/j.xml'], blocked: 'out' },
    { args: ['check', '--baseline', 'known.json', '--gitlab', 'out'], blocked: 'out/x' },
    { args: ['check', '--baseline', 'known.json', '--markdown', 'out'], blocked: 'out/x' },
    { args: ['run', 'old', '--output', 'out/x.json'], blocked: 'out' },
  ])('$args where $blocked is in the way', async ({ args, blocked }) => {
    const root = await project({
      'impl-old/index.mjs': RAN,
      'impl-new/index.mjs': RAN,
      'outpace.config.json': '{"job":"j","input":{"n":1}}',
      [blocked]: '',
    });
    const { exitCode, stdout, stderr } = await outpaceHere(root, [...args, '--quiet']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^.*\b(profiles|reports|b\.json|out)\b.*\n?$/);
    expect(stderr).toMatch(/written/);
    expect(await readdir(root)).not.toContain('ran');
  });
});

const mounted: string[] = [];
afterAll(() => {
  for (const folder of mounted) execFileSync('umount', [folder]);
});

// A disk of one's own can be filled; only root may mount one.
test.skipIf(!(isRoot && process.platform === 'linux'))('a full folder', async () => {
  const root = await project({ 'impl-old/index.mjs': QUICK });
  const reports = join(root, 'reports');
  await mkdir(reports);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', reports]);
  mounted.push(reports);
  const { exitCode, stdout, stderr } = await outpaceHere(root, ['profile', 'old', '--runs', '1', '--quiet']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/cannot be written: ENOSPC/);
  expect(await filesBelow(root)).toEqual([]);
});

describe('interrupted', () => {
  const phases = {
    'at import': 'await new Promise(() => setInterval(() => 0, 99)); ',
    'in setup': 'export const setup = () => new Promise(() => setInterval(() => 0, 99)); ',
    'in a busy loop': 'export function run() { SAY; for (;;); }',
    'in a busy worker':
      "import { Worker } from 'node:worker_threads'; export function run() { SAY; return new Promise(() => new Worker('for (;;);', { eval: true })); }",
    'with a child of its own':
      "import { spawn } from 'node:child_process'; export function run() { spawn(process.execPath, ['-e', 'setInterval(() => 0, 99)']); SAY; return new Promise(() => setInterval(() => 0, 99)); }",
  };
  const SAY = "writeFileSync('pid', String(process.pid))";
  const codeOf = (code: string) =>
    `import { writeFileSync } from 'node:fs'; ${code.includes('SAY') ? code.replace('SAY', SAY) : `${SAY}; ${code} ${QUICK}`}`;

  const cases = Object.entries(phases).flatMap(([when, code]) =>
    (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map((signal) => ({ when, signal, code: codeOf(code) })),
  );
  test.each(cases)('$when by $signal: no process stays, no file', async ({ code, signal }) => {
    const root = await project({ 'impl-old/index.mjs': code });
    const running = outpace(root, ['profile', 'old', '--timeout', '60s']);
    await expect.poll(() => readFile(join(root, 'pid'), 'utf8').catch(() => '')).not.toBe('');
    running.kill(signal);
    const ended = await running;
    if (signal === 'SIGKILL') expect(ended.signal).toBe('SIGKILL');
    else {
      expect(ended.exitCode).toBe(130);
      expect(ended.stderr).toContain('interrupted');
      expect(await filesBelow(root)).toEqual([]);
    }
    const pid = Number(await readFile(join(root, 'pid'), 'utf8'));
    await expect.poll(() => groupIsAlive(pid)).toBe(false);
  });
});

test('hostile names of functions, files and the job stay text', async () => {
  const evil = '\u001b]0;owned\u0007<script>';
  const root = await project({
    'impl-old/index.mjs': `const o = { ${JSON.stringify(evil)}() { let s = 0; for (let i = 0; i < 3e7; i += 1) s += i; return s; } }; export const run = () => o[${JSON.stringify(evil)}]();`,
  });
  const { exitCode } = await outpaceHere(root, ['profile', 'old', '--runs', '1', '--quiet']);
  expect(exitCode).toBe(0);
  const [text, json] = await Promise.all(
    ['.txt', '.json'].map(async (ending) => {
      const names = await readdir(join(root, 'reports'));
      return readFile(join(root, 'reports', names.find((name) => name.endsWith(ending)) ?? ''), 'utf8');
    }),
  );
  expect(text).toContain('\\x1b]0;owned\\x07<script>');
  expect(text).not.toContain('\u001b');
  const names = parseProfileReport(JSON.parse(json ?? ''), 'report').functions.map(({ name }) => name);
  expect(names).toContain(evil);
  const compared = await outpaceHere(root, ['compare', 'old', 'old']);
  expect(compared.stdout).not.toContain('\u001b');
});

/** Every child leads a group of its own, which holds whatever it started. */
function groupIsAlive(pid: number): boolean {
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, 0);
  } catch {
    return false;
  }
}
