import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { assertWritable, openOutputFile, writeWhole } from '../../src/store/output-file.ts';
import { project } from '../support/outpace.ts';

const isPosix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

async function withFile(): Promise<{ readonly root: string; readonly file: string }> {
  const root = await project({ 'out.txt': 'before' });
  return { root, file: join(root, 'out.txt') };
}

const modeOf = async (file: string) => (await stat(file)).mode & 0o7777;

describe('a file that exists', () => {
  test.skipIf(!isPosix).each([0o600, 0o640, 0o755, 0o4750])(
    'keeps its mode %o, while it is written too',
    async (mode) => {
      const { root, file } = await withFile();
      await chmod(file, mode);
      const output = await openOutputFile(file);
      expect((await modeOf(output.partial)) & 0o077 & ~mode).toBe(0);
      await writeFile(output.partial, 'after');
      expect(await readFile(file, 'utf8')).toBe('before');
      await output.commit();
      expect({ text: await readFile(file, 'utf8'), mode: await modeOf(file) }).toEqual({
        text: 'after',
        mode,
      });
      expect(await readdir(root)).toEqual(['out.txt']);
    },
  );

  test.skipIf(!isRoot)('keeps its owner and group', async () => {
    const { file } = await withFile();
    await chown(file, 1234, 2345);
    await writeWhole(file, 'after');
    const { uid, gid } = await stat(file);
    expect({ uid, gid, text: await readFile(file, 'utf8') }).toEqual({ uid: 1234, gid: 2345, text: 'after' });
  });

  test('with another name is not separated from it', async () => {
    const { root, file } = await withFile();
    await link(file, join(root, 'other.txt'));
    await expect(writeWhole(file, 'after')).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining(
        'out.txt cannot be written: it is hard-linked: 2 names share its content',
      ),
    });
    expect(await readFile(file, 'utf8')).toBe('before');
    expect((await readdir(root)).toSorted()).toEqual(['other.txt', 'out.txt']);
  });

  test('takes the mode that it was given meanwhile', async () => {
    const { root } = await withFile();
    const output = await openOutputFile(join(root, 'new.txt'));
    await writeFile(output.partial, 'after');
    await writeFile(join(root, 'new.txt'), 'somebody else’s', { mode: 0o600 });
    await output.commit();
    expect(await readFile(join(root, 'new.txt'), 'utf8')).toBe('after');
    if (isPosix) expect(await modeOf(join(root, 'new.txt'))).toBe(0o600);
  });
});

test.skipIf(!isPosix)('a new file has the mode that the umask leaves', async () => {
  const { root } = await withFile();
  await writeWhole(join(root, 'new.txt'), 'text');
  expect(await modeOf(join(root, 'new.txt'))).toBe(0o666 & ~process.umask());
});

describe('symbolic links', () => {
  test.each([
    { what: 'to a file', to: 'elsewhere/target.txt' },
    { what: 'to nothing yet', to: 'elsewhere/new.txt' },
    { what: 'to a link', to: 'second' },
  ])('$what stay, and their target is written', async ({ to }) => {
    const { root } = await withFile();
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(root, 'elsewhere/target.txt'), 'before');
    await symlink('elsewhere/target.txt', join(root, 'second'));
    await symlink(to, join(root, 'first'));
    await writeWhole(join(root, 'first'), 'after');
    expect((await lstat(join(root, 'first'))).isSymbolicLink()).toBe(true);
    expect((await lstat(join(root, 'second'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(root, to), 'utf8')).toBe('after');
  });

  test('that lead to one another', async () => {
    const { root } = await withFile();
    await symlink('b', join(root, 'a'));
    await symlink('a', join(root, 'b'));
    await expect(assertWritable(join(root, 'a'))).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});

describe('what is no file', () => {
  test.each(['', '.', 'folder', 'folder/', 'new/', 'out.txt/x'])('%j', async (name) => {
    const { root } = await withFile();
    await mkdir(join(root, 'folder'));
    const named = name === '' ? '' : `${root}/${name}`;
    await expect(assertWritable(named)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect((await readdir(root)).toSorted()).toEqual(['folder', 'out.txt']);
  });

  test.skipIf(!isPosix)('a device is written to, and stays one', async () => {
    await writeWhole('/dev/null', 'text');
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  test.skipIf(!isPosix)('a named pipe is written to, and stays one', async () => {
    const { root } = await withFile();
    const pipe = join(root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [text] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'text')]);
    expect({ text, isPipe: (await stat(pipe)).isFIFO() }).toEqual({ text: 'text', isPipe: true });
  });

  test.skipIf(process.platform !== 'linux')('a descriptor that the shell opened', async () => {
    const { file } = await withFile();
    const handle = await open(file, 'r+');
    await writeWhole(`/dev/fd/${handle.fd}`, 'through').finally(() => handle.close());
    expect(await readFile(file, 'utf8')).toBe('through');
  });

  test.skipIf(!isPosix)('no run writes to what outpace itself prints to', async () => {
    await expect(openOutputFile('/dev/stdout')).rejects.toMatchObject({
      message: expect.stringContaining('outpace prints there itself'),
    });
  });
});

test('what a killed process left of the file is removed, what a running one writes is not', async () => {
  const { root, file } = await withFile();
  const ended = await execa(process.execPath, ['-p', 'process.pid']);
  const left = `.out.txt.${ended.stdout}.partial`;
  const ours = `.out.txt.${process.pid}.partial`;
  const live = `.out.txt.${process.ppid}.partial`;
  for (const name of [left, ours, live, '.other.txt.1.partial']) await writeFile(join(root, name), 'part');
  await writeWhole(file, 'after');
  expect((await readdir(root)).toSorted()).toEqual([live, '.other.txt.1.partial', 'out.txt'].toSorted());
});

test('a name as long as names can be', async () => {
  const { root } = await withFile();
  const name = 'é'.repeat(127);
  await writeWhole(join(root, name), 'text');
  expect(await readFile(join(root, name), 'utf8')).toBe('text');
});
