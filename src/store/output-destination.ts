import { constants, createReadStream, createWriteStream, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isErrorCode } from '../base/errors.ts';

/** What a name that a person gave for a file stands for. */
export type Destination =
  /** A pipe or a device, which is written to as it comes. */
  | { readonly kind: 'stream'; readonly path: string }
  | {
      readonly kind: 'file';
      /** Absolute, symbolic links followed: the file to replace. */
      readonly file: string;
      /** null: there is none yet. */
      readonly before: Stats | null;
    };

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Where the bytes for a name go.
 *
 * @throws Error saying why nothing can be written there, or why replacing what is there would lose something
 */
export async function destinationOf(named: string): Promise<Destination> {
  if (named === '') throw new Error('the name is empty');
  const descriptor = descriptorIn(named);
  if (descriptor !== null) return streamOf(descriptor);
  const file = await followLinks(named);
  const before = await statOrNull(file);
  if (before?.isDirectory() || /[/\\]$/.test(named)) throw new Error('it is a folder');
  if (before === null) return { kind: 'file', file, before };
  if (!before.isFile()) return { kind: 'stream', path: file };
  await assertReplaceable(file, before);
  return { kind: 'file', file, before };
}

/** Which of this process's own descriptors a name such as `/dev/fd/3` means; null for any other name. */
export function descriptorIn(named: string): number | null {
  const path = resolve(named);
  const standard = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(path);
  if (standard !== -1) return standard;
  const [, number] = /^(?:\/dev\/fd|\/proc\/(?:self|thread-self)\/fd)\/(\d{1,6})$/.exec(path) ?? [];
  return number === undefined ? null : Number(number);
}

/** A descriptor that the shell opened for us, as `>(gzip)` does; another process finds it under our number. */
async function streamOf(descriptor: number): Promise<Destination> {
  if (descriptor <= 2) throw new Error('outpace prints there itself; name a file, or a pipe such as >(gzip)');
  const path =
    process.platform === 'linux' ? `/proc/${process.pid}/fd/${descriptor}` : `/dev/fd/${descriptor}`;
  if ((await stat(path)).isDirectory()) throw new Error('it is a folder');
  return { kind: 'stream', path };
}

/** The file itself, absolute; also where the last link points to nothing yet. */
async function followLinks(named: string): Promise<string> {
  let path = resolve(named);
  for (let links = 0; links < MOST_LINKS; links += 1) {
    // The folder first: a relative link starts from where the folder really is.
    const file = join(await realpath(dirname(path)), basename(path));
    const target = await readlink(file).catch(() => null);
    if (target === null) return file;
    path = resolve(dirname(file), target);
  }
  throw new Error('too many symbolic links lead to it');
}

async function statOrNull(file: string): Promise<Stats | null> {
  try {
    return await lstat(file);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function assertReplaceable(file: string, before: Stats): Promise<void> {
  // Opening finds what a mode does not tell: a read-only or immutable file, a program that is running.
  await (await open(file, constants.O_WRONLY)).close();
  if (before.nlink > 1)
    throw new Error(
      `it is hard-linked: ${before.nlink} names share its content, and replacing one would separate them. Delete it first, or name another file`,
    );
}

/**
 * Gives a file that is being written the owner, group and mode of the one that it will replace.
 *
 * @throws Error where that is not allowed
 */
export async function takeOver(handle: FileHandle, before: Stats): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== before.uid || own.gid !== before.gid) {
    await handle.chown(before.uid, before.gid).catch((cause) => {
      throw new Error(
        `it belongs to user ${before.uid} and group ${before.gid}, which replacing it would change. Delete it first, or name another file`,
        { cause },
      );
    });
  }
  // Last: a change of owner takes away some of a mode.
  if (process.platform !== 'win32') await handle.chmod(before.mode & 0o7777);
}

/** Fills a file that cannot be replaced. */
export async function copyInto(file: string, from: string): Promise<void> {
  await pipeline(createReadStream(from), createWriteStream(file, { flags: 'r+' }));
  const { size } = await stat(from);
  const handle = await open(file, 'r+');
  await handle.truncate(size).finally(() => handle.close());
}
