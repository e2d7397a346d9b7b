import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { messageOf, OutpaceError } from '../base/errors.ts';

export const ENTRY_NAMES = ['index.ts', 'index.mts', 'index.js', 'index.mjs', 'index.cjs'];

/** For a folder that has no implementation at all. */
export const START_HERE =
  'To start from two examples, run `outpace init`; to use code that lies elsewhere, name it under implementations in the config.';

export interface Implementation {
  readonly name: string;
  /** Absolute path of the module that exports `run`. */
  readonly entry: string;
  /** The folder that it is run in, where that is not the project's own: another tree of it. */
  readonly root?: string;
  /**
   * Where two trees are compared, the repository's top folder in its own tree, then in that whose packages it shares:
   * their files are named from the project's folder, so that they have the same names in both.
   */
  readonly tops?: readonly string[];
  /** Options of Node that it is run with, where the settings' own would lead into another tree. */
  readonly nodeOptions?: readonly string[];
}

interface Found {
  readonly implementations: ReadonlyMap<string, Implementation>;
  /** Folders named as an implementation that have no index module. */
  readonly withoutEntry: readonly string[];
}

/** Where the settings say that an implementation of that name is: a path that starts with a dot, or a package. */
export type ConfiguredPlaces = Readonly<Record<string, string>>;

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
    const entry = await entryIn(join(root, folder.name));
    const name = folder.name.slice('impl-'.length);
    if (entry === undefined) withoutEntry.push(folder.name);
    else implementations.set(name, { name, entry });
  }
  return { implementations, withoutEntry };
}

async function entryIn(folder: string): Promise<string | undefined> {
  const files = await readdir(folder).catch((): string[] => []);
  const name = ENTRY_NAMES.find((entry) => files.includes(entry));
  return name === undefined ? undefined : join(folder, name);
}

/**
 * The implementation of that exact name. An argument is only ever a key, never a path.
 *
 * @throws OutpaceError UNKNOWN_IMPLEMENTATION with the names that exist, MALFORMED_CONFIG for a configured one that
 *   leads nowhere
 */
export async function resolveImplementation(
  root: string,
  name: string,
  configured: ConfiguredPlaces = {},
): Promise<Implementation> {
  const place = Object.hasOwn(configured, name) ? configured[name] : undefined;
  if (place !== undefined) return { name, entry: await entryAt(root, name, place) };
  const { implementations, withoutEntry } = await findImplementations(root);
  const implementation = implementations.get(name);
  if (implementation !== undefined) return implementation;
  const names = [...new Set([...Object.keys(configured), ...implementations.keys()])]
    .toSorted()
    .map((key) => `'${key}'`);
  const known =
    names.length === 0 ? `there is no impl-*/index.ts in ${root}` : `known here: ${names.join(', ')}`;
  const advice = names.length === 0 && withoutEntry.length === 0 ? `\n${START_HERE}` : '';
  const empty = withoutEntry.map((folder) => `\n${folder} has none of ${ENTRY_NAMES.join(', ')}.`);
  throw new OutpaceError(
    'UNKNOWN_IMPLEMENTATION',
    `Unknown implementation specified. Use 'old' or 'new'. (BE MINDFUL OF CAPITALISATION!!)\n` +
      `Found ${JSON.stringify(name)}; ${known}.${empty.join('')}${advice}`,
  );
}

async function entryAt(root: string, name: string, place: string): Promise<string> {
  const path = pathOf(root, place);
  const entry = path === null ? await moduleOf(root, place) : await moduleAt(path);
  if (entry !== undefined) return entry;
  throw new OutpaceError(
    'MALFORMED_CONFIG',
    `implementations.${name}: ${JSON.stringify(place)} is neither a module, nor a folder with one of ` +
      `${ENTRY_NAMES.join(', ')}, nor a package that is installed here; a path starts with ./ or ../`,
  );
}

/** The absolute path that a configured place is; null for the name of a package. */
export function pathOf(root: string, place: string): string | null {
  if (place.startsWith('file:')) return fileURLToPath(place);
  return isAbsolute(place) || /^\.{0,2}[\\/]/.test(place) || place === '.' || place === '..'
    ? resolve(root, place)
    : null;
}

async function moduleAt(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true ? entryIn(path) : found === null ? undefined : path;
}

async function moduleOf(root: string, specifier: string): Promise<string | undefined> {
  const { resolve: resolveSpecifier } = await import('import-meta-resolve');
  try {
    // As an `import` in the config's folder would find it.
    return fileURLToPath(resolveSpecifier(specifier, pathToFileURL(join(root, 'outpace.config.js')).href));
  } catch {
    return undefined;
  }
}
