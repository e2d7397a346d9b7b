import { constants } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OutpaceError } from '../base/errors.ts';
import { attempt, errnoOf } from './failure.ts';

export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Writes chunks as they come, to a hidden file beside the target that takes its name at the end. After a failure the target is as it
 * was. A device or a pipe (`/dev/null`) is written to directly. What the chunks throw is passed on as it is.
 *
 * @throws OutpaceError STORE_FAILED
 */
export async function writeStream(file: string, chunks: ByteChunks): Promise<void> {
  const target = await attempt('write', file, () => targetOf(resolve(file)));
  if (target.kind === 'folder')
    throw new OutpaceError('STORE_FAILED', `Could not write ${file}: it is a folder.`);
  if (target.kind === 'device') {
    const flags = constants.O_WRONLY;
    await writeAll(await attempt('write', file, () => open(target.path, flags)), file, chunks);
    return;
  }
  const hidden = await attempt('write', file, () => openHidden(target.path));
  try {
    await writeAll(hidden.handle, file, chunks);
    await attempt('write', file, () => rename(hidden.path, target.path));
  } catch (thrown) {
    await Promise.allSettled([rm(hidden.path, { force: true })]);
    throw thrown;
  }
}

interface Target {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'device';
}

/** Where the bytes go, links followed, so that a link stays one. */
async function targetOf(path: string): Promise<Target> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return { path, kind: 'folder' };
    return stats.isFile() ? { path: await realpath(path), kind: 'file' } : { path, kind: 'device' };
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return { path, kind: 'file' };
    throw thrown;
  }
}

/** A hidden file of this call alone: another process may be writing the same target. */
async function openHidden(path: string): Promise<{ path: string; handle: FileHandle }> {
  for (let count = 1; ; count += 1) {
    const hidden = join(dirname(path), `.${basename(path)}.${count}.tmp`);
    try {
      return { path: hidden, handle: await open(hidden, 'wx') };
    } catch (thrown) {
      if (errnoOf(thrown) !== 'EEXIST') throw thrown;
    }
  }
}

async function writeAll(handle: FileHandle, file: string, chunks: ByteChunks): Promise<void> {
  try {
    for await (const chunk of chunks) await attempt('write', file, () => handle.writeFile(chunk));
  } finally {
    await attempt('write', file, () => handle.close());
  }
}
