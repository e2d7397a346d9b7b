/**
 * Folders for what is not finished: each holds a note of the process that made it, so that a later run recognizes what a
 * killed one left behind, and removes nothing else.
 */
import { lstat, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorCode } from '../base/errors.ts';
import { hasEnded, parseOwner, thisProcess } from './owner.ts';

const NOTE = 'owner.json';

/** Those of this process. */
const claimed = new Set<string>();
let onChange: ((folders: readonly string[]) => void) | null = null;

/** Keeps somebody informed of the folders that this thread has claimed. */
export function observeClaims(listener: (folders: readonly string[]) => void): void {
  onChange = listener;
}

/** Creates a folder that belongs to this process; false where somebody else has it. */
export async function claimFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    await markClaimed(folder);
    return true;
  } catch (error) {
    await releaseFolder(folder);
    // As long as it held no note, another process may have removed it as an abandoned one.
    if (isErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Notes that a new, empty folder belongs to this process. */
export async function markClaimed(folder: string): Promise<void> {
  claimed.add(folder);
  onChange?.([...claimed]);
  await writeFile(join(folder, NOTE), `${JSON.stringify(thisProcess())}\n`);
}

/** Removes a folder with all that is in it, if this process has claimed it. */
export async function releaseFolder(folder: string): Promise<void> {
  if (!claimed.has(folder)) return;
  await rm(folder, { recursive: true, force: true });
  forget(folder);
}

function forget(folder: string): void {
  if (claimed.delete(folder)) onChange?.([...claimed]);
}

/**
 * Removes the folders whose process has ended without doing so. What cannot be read or removed stays.
 *
 * @param isName the names that such folders have here
 */
export async function removeAbandoned(parent: string, isName: RegExp): Promise<void> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isDirectory() || !isName.test(entry.name)) continue;
    const folder = join(parent, entry.name);
    if (claimed.has(folder) || !(await isOurs(folder))) continue;
    const note = await readFile(join(folder, NOTE), 'utf8').catch(() => null);
    const owner = note === null ? null : parseOwner(note);
    if (owner !== null && hasEnded(owner))
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    // Killed before it could write the note; only an empty folder is removed.
    else if (note === null) await rmdir(folder).catch(() => undefined);
  }
}

/** Whether it belongs to the user who runs this: anybody can write a note into a shared folder for temporary files. */
async function isOurs(folder: string): Promise<boolean> {
  const user = process.getuid?.();
  if (user === undefined) return true;
  return lstat(folder).then(
    ({ uid }) => uid === user,
    () => false,
  );
}
