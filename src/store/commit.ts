import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutpaceError } from '../base/errors.ts';
import { attempt, errnoOf } from './failure.ts';

export interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes new files together: all under hidden names first, then renamed in their order. After a failure none of them is left,
 * and a file that was there before is never touched.
 *
 * @throws OutpaceError STORE_FAILED
 */
export async function commitFiles(files: readonly NewFile[]): Promise<string[]> {
  const made = new Set<string>();
  try {
    for (const file of files) await writeHidden(file, made);
    for (const { path } of files) await reveal(path, made);
  } catch (thrown) {
    await Promise.allSettled([...made].map((path) => rm(path, { force: true })));
    throw thrown;
  }
  return files.map((file) => file.path);
}

async function writeHidden({ path, content }: NewFile, made: Set<string>): Promise<void> {
  const hidden = hiddenNameOf(path);
  await attempt('write', path, async () => {
    await using handle = await open(hidden, 'wx');
    made.add(hidden);
    await handle.writeFile(content);
  });
}

async function reveal(path: string, made: Set<string>): Promise<void> {
  if (await attempt('write', path, () => isThere(path))) {
    throw new OutpaceError('STORE_FAILED', `Could not write ${path}: it is there already.`);
  }
  const hidden = hiddenNameOf(path);
  await attempt('write', path, () => rename(hidden, path));
  made.delete(hidden);
  made.add(path);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

function hiddenNameOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.tmp`);
}
