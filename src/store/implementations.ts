import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { OutpaceError } from '../base/errors.ts';
import { attempt } from './failure.ts';

const PREFIX = 'impl-';
const ENTRY_FILES = ['index.ts', 'index.mts', 'index.js', 'index.mjs', 'index.cjs'];

export interface Implementation {
  readonly name: string;
  /** Absolute path of the file that exports `run`. */
  readonly entry: string;
}

/** The implementations of a folder: each name with its absolute entry file, ordered by name. */
export async function findImplementations(root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [name, entry] of await scan(root)) {
    if (entry !== null) found.set(name, entry);
  }
  return found;
}

/**
 * The implementation that an argument names. The argument is only ever a key: no path is ever made of it.
 *
 * @throws OutpaceError UNKNOWN_IMPLEMENTATION with the names that exist
 */
export async function resolveImplementation(root: string, name: string): Promise<Implementation> {
  const folders = await scan(root);
  const entry = folders.get(name);
  if (typeof entry === 'string') return { name, entry };
  const lines = [
    "Unknown implementation specified. Use 'old' or 'new'. (BE MINDFUL OF CAPITALISATION!!)",
    existing(folders),
  ];
  if (entry === null) {
    lines.push(`The folder ${inspect(PREFIX + name)} exists, but has none of ${ENTRY_FILES.join(', ')}.`);
  }
  throw new OutpaceError('UNKNOWN_IMPLEMENTATION', lines.join('\n'));
}

function existing(folders: ReadonlyMap<string, string | null>): string {
  const names = [...folders].filter(([, entry]) => entry !== null).map(([name]) => inspect(name));
  if (names.length === 0) return `None exists: there is no folder ${PREFIX}<name>/ with an index file.`;
  return `These exist: ${names.join(', ')}.`;
}

/** Every `impl-*` folder's name with its entry file, null where it has none. */
async function scan(root: string): Promise<ReadonlyMap<string, string | null>> {
  const folder = resolve(root);
  const names = await attempt('read the folder', folder, () => readdir(folder));
  const found = new Map<string, string | null>();
  for (const name of names.sort()) {
    if (!name.startsWith(PREFIX) || name.length === PREFIX.length) continue;
    const path = join(folder, name);
    if ((await kindOf(path)) === 'folder') found.set(name.slice(PREFIX.length), await entryOf(path));
  }
  return found;
}

async function entryOf(folder: string): Promise<string | null> {
  for (const file of ENTRY_FILES) {
    const path = join(folder, file);
    if ((await kindOf(path)) === 'file') return path;
  }
  return null;
}

/** What a path leads to; a dangling link or an unreadable thing is neither. */
async function kindOf(path: string): Promise<'file' | 'folder' | 'neither'> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'neither';
  } catch {
    return 'neither';
  }
}
