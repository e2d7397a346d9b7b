import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isErrorCode } from '../base/errors.ts';
import { markClaimed, releaseFolder, removeAbandoned } from './claims.ts';

const PREFIX = 'outpace-';
/** As `mkdtemp` completes it. */
const NAME = /^outpace-[A-Za-z0-9]{6}$/;

/** A new folder, removed with all that is in it when `use` settles. */
export async function withTemporaryFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await newFolder();
  try {
    return await use(folder);
  } finally {
    await releaseFolder(folder);
  }
}

async function newFolder(): Promise<string> {
  // Without links on the way: V8 names scripts by where they really are.
  const folder = await mkdtemp(join(await realpath(tmpdir()), PREFIX));
  try {
    await markClaimed(folder);
    return folder;
  } catch (error) {
    await releaseFolder(folder);
    // As long as it held no note, another process may have removed it as an abandoned one.
    if (isErrorCode(error, 'ENOENT')) return newFolder();
    throw error;
  }
}

/** Removes the temporary folders of runs that were killed. */
export async function removeAbandonedTemporaries(): Promise<void> {
  await removeAbandoned(await realpath(tmpdir()), NAME);
}
