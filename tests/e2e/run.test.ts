import { chmod, chown, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';

const CHUNKS =
  "export async function* run({ parts = 3 }) { for (let i = 0; i < parts; i += 1) yield Buffer.from('part ' + i + '\\n'); }";

describe('the output as a file', () => {
  test.each([
    { gives: 'chunks', code: CHUNKS, holds: 'part 0\npart 1\npart 2\n' },
    { gives: 'bytes', code: "export const run = () => Buffer.from('bytes');", holds: 'bytes' },
    { gives: 'text', code: "export const run = () => 'Göttingen';", holds: 'Göttingen' },
    { gives: 'a value', code: 'export const run = () => ({ b: [1, null] });', holds: '{"b":[1,null]}\n' },
    {
      gives: 'more small chunks than are gathered, and a large one',
      code: "export function* run() { for (let i = 0; i < 4; i += 1) { yield Buffer.alloc(100_000, 'a'); yield Buffer.alloc(300_000, 'b'); } }",
      holds: ('a'.repeat(100_000) + 'b'.repeat(300_000)).repeat(4),
    },
  ])('$gives', async ({ code, holds }) => {
    const root = await project({ 'impl-new/index.mjs': code, 'out.txt': 'what was there before' });
    const { exitCode, stdout } = await outpace(root, ['run', 'new', '--output', 'out.txt', '--json']);
    expect(exitCode).toBe(0);
    expect(await readFile(join(root, 'out.txt'), 'utf8')).toBe(holds);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ kind: 'run', implementation: 'new', output: { file: 'out.txt' } });
    expect(report.output.sizeBytes).toBe(Buffer.byteLength(holds));
    expect(report.wallMs).toBeGreaterThan(0);
    expect((await readdir(root)).toSorted()).toEqual(['impl-new', 'out.txt']);
  });
});

describe('what goes wrong leaves the file as it was', () => {
  test.each([
    { args: ['run'], says: 'Usage: outpace run <implementation>' },
    { args: ['run', 'new', 'old'], says: 'Usage: outpace run <implementation>' },
    { args: ['run', 'New'], says: 'Unknown implementation specified.' },
    { args: ['run', 'new', '--output', 'none/x.json'], says: 'none/x.json cannot be written: ENOENT' },
    { args: ['run', 'new', '--output', 'impl-new'], says: 'impl-new cannot be written: it is a folder' },
    {
      args: ['run', 'new', '--output', 'impl-new/index.mjs/x'],
      says: 'impl-new/index.mjs/x cannot be written: ENOTDIR',
    },
    {
      args: ['run', 'late', '--output', 'out.txt'],
      says: "implementation 'late' failed in run: Error: late",
    },
    { args: ['run', 'number', '--output', 'out.txt'], says: 'the output yielded a number' },
    { args: ['run', 'nothing', '--output', 'out.txt'], says: 'the output is undefined' },
    {
      args: ['run', 'endless', '--output', 'out.txt', '--timeout', '8s'],
      says: 'still in run after 8000 ms',
    },
  ])('$args', async ({ args, says }) => {
    const root = await project({
      'impl-new/index.mjs': CHUNKS,
      'impl-late/index.mjs': "export function* run() { yield Buffer.alloc(9); throw new Error('late'); }",
      'impl-number/index.mjs': 'export function* run() { yield 1; }',
      'impl-nothing/index.mjs': 'export function run() {}',
      'impl-endless/index.mjs': // It waits, so that it takes no CPU from other tests.
        'export function* run() { const wait = new Int32Array(new SharedArrayBuffer(4)); for (;;) { Atomics.wait(wait, 0, 0, 20); yield Buffer.alloc(9); } }',
      'out.txt': 'before',
    });
    const before = await readdir(root);
    const { exitCode, stdout, stderr } = await outpaceHere(root, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(await readdir(root)).toEqual(before);
    expect(await readFile(join(root, 'out.txt'), 'utf8')).toBe('before');
  });

  test.skipIf(process.platform !== 'linux')('a full disk', async () => {
    const root = await project({ 'impl-new/index.mjs': CHUNKS });
    const { exitCode, stderr } = await outpaceHere(root, ['run', 'new', '--output', '/dev/full']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('cannot be written: ENOSPC');
  });

  test('Ctrl-C, sent twice as npm does', async () => {
    const root = await project({
      'impl-new/index.mjs':
        "import { writeFileSync } from 'node:fs'; export function* run() { writeFileSync('pid', String(process.pid)); for (;;) yield Buffer.alloc(99); }",
    });
    const running = outpace(root, ['run', 'new', '--output', 'out.txt']);
    await expect.poll(() => readdir(root)).toContain('pid');
    running.kill('SIGINT');
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    expect((await readdir(root)).toSorted()).toEqual(['impl-new', 'pid']);
    const pid = Number(await readFile(join(root, 'pid'), 'utf8'));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

test('a symbolic link stays one, and its target is replaced', async () => {
  const root = await project({ 'impl-new/index.mjs': CHUNKS });
  await mkdir(join(root, 'elsewhere'));
  await writeFile(join(root, 'elsewhere/target'), 'before');
  await symlink(join(root, 'elsewhere/target'), join(root, 'link'));
  expect((await outpaceHere(root, ['run', 'new', '--output', 'link', '--input', 'parts=1'])).exitCode).toBe(
    0,
  );
  expect(await readFile(join(root, 'elsewhere/target'), 'utf8')).toBe('part 0\n');
  expect(await readdir(join(root, 'elsewhere'))).toEqual(['target']);
});

test.skipIf(process.getuid?.() !== 0)(
  'a file of another user stays theirs, a read-only one as it is',
  async () => {
    const NOBODY = 65534;
    const root = await project({
      'impl-new/index.mjs': CHUNKS,
      'theirs.txt': 'before',
      'fixed.txt': 'before',
    });
    await chmod(root, 0o777);
    await chmod(join(root, 'theirs.txt'), 0o666);
    await chown(join(root, 'fixed.txt'), NOBODY, NOBODY);
    await chmod(join(root, 'fixed.txt'), 0o444);
    for (const [file, why] of [
      ['theirs.txt', 'it belongs to user 0 and group 0'],
      ['fixed.txt', 'EACCES'],
    ] as const) {
      const args = ['run', 'new', '--output', file];
      const { exitCode, stderr } = await outpace(root, args, {}, { uid: NOBODY, gid: NOBODY });
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining(`${file} cannot be written: ${why}`),
      });
      expect(await readFile(join(root, file), 'utf8')).toBe('before');
    }
    expect((await readdir(root)).toSorted()).toEqual(['fixed.txt', 'impl-new', 'theirs.txt']);
  },
);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
