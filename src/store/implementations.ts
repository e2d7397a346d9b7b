import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, OutpaceError } from '../base/errors.ts';

const ENTRY_NAMES = ['index.ts', 'index.mts', 'index.js', 'index.mjs', 'index.cjs'];

export interface Implementation {
  readonly name: string;
  /** Absolute path of the module that exports `run`. */
  readonly entry: string;
}

interface Found {
  readonly implementations: ReadonlyMap<string, Implementation>;
  /** Folders named as an implementation that have no index module. */
  readonly withoutEntry: readonly string[];
}

/**
 * All `impl-<name>/` folders, by name.
 *
 * @throws OutpaceError STORE_FAILED where the project's folder cannot be read
 */
export async function findImplementations(root: string): Promise<Found> {
  const implementations = new Map<string, Implementation>();
  const withoutEntry: string[] = [];
  const folders = await readdir(root, { withFileTypes: true }).catch((error) => {
    throw new OutpaceError('STORE_FAILED', `${root} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  for (const folder of folders) {
    if (!folder.name.startsWith('impl-') || folder.isFile()) continue;
    const files = await readdir(join(root, folder.name)).catch((): string[] => []);
    const entry = ENTRY_NAMES.find((name) => files.includes(name));
    const name = folder.name.slice('impl-'.length);
    if (entry === undefined) withoutEntry.push(folder.name);
    else implementations.set(name, { name, entry: join(root, folder.name, entry) });
  }
  return { implementations, withoutEntry };
}

/**
 * The implementation of that exact name. An argument is only ever a key, never a path.
 *
 * @throws OutpaceError UNKNOWN_IMPLEMENTATION with the names that exist
 */
export async function resolveImplementation(root: string, name: string): Promise<Implementation> {
  const { implementations, withoutEntry } = await findImplementations(root);
  const implementation = implementations.get(name);
  if (implementation !== undefined) return implementation;
  const names = [...implementations.keys()].toSorted().map((key) => `'${key}'`);
  const known =
    names.length === 0 ? `there is no impl-*/index.ts in ${root}` : `known here: ${names.join(', ')}`;
  const empty = withoutEntry.map((folder) => `\n${folder} has none of ${ENTRY_NAMES.join(', ')}.`);
  throw new OutpaceError(
    'UNKNOWN_IMPLEMENTATION',
    `Unknown implementation specified. Use 'old' or 'new'. (BE MINDFUL OF CAPITALISATION!!)\n` +
      `Found ${JSON.stringify(name)}; ${known}.${empty.join('')}`,
  );
}
