import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OutpaceError } from '../base/errors.ts';

const ENTRY_NAMES = ['index.ts', 'index.mts', 'index.js', 'index.mjs', 'index.cjs'];

export interface Implementation {
  readonly name: string;
  /** Absolute path of the module that exports `run`. */
  readonly entry: string;
}

/** All `impl-<name>/` folders that have an index module, by name. */
export async function findImplementations(root: string): Promise<ReadonlyMap<string, Implementation>> {
  const found = new Map<string, Implementation>();
  for (const folder of await readdir(root, { withFileTypes: true })) {
    if (!folder.name.startsWith('impl-') || folder.isFile()) continue;
    const files = await readdir(join(root, folder.name)).catch((): string[] => []);
    const entry = ENTRY_NAMES.find((name) => files.includes(name));
    const name = folder.name.slice('impl-'.length);
    if (entry !== undefined) found.set(name, { name, entry: join(root, folder.name, entry) });
  }
  return found;
}

/**
 * The implementation of that exact name. An argument is only ever a key, never a path.
 *
 * @throws OutpaceError UNKNOWN_IMPLEMENTATION with the names that exist
 */
export async function resolveImplementation(root: string, name: string): Promise<Implementation> {
  const known = await findImplementations(root);
  const implementation = known.get(name);
  if (implementation !== undefined) return implementation;
  const names = [...known.keys()].toSorted().map((key) => `'${key}'`);
  throw new OutpaceError(
    'UNKNOWN_IMPLEMENTATION',
    `Unknown implementation specified. Use 'old' or 'new'. (BE MINDFUL OF CAPITALISATION!!)\n` +
      `Found ${JSON.stringify(name)}; ${names.length === 0 ? `there is no impl-*/index.ts in ${root}` : `known here: ${names.join(', ')}`}.`,
  );
}
