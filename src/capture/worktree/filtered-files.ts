import { constants } from 'node:fs';
import { chmod, copyFile, lstat, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { git, gitEntries, tried } from '../run-git.ts';
import { type CheckedOut, entriesHere, gitThere, type IndexEntry } from './checked-out.ts';
import { isContentOf, type LfsPointer, lfsPointerIn } from './lfs-pointer.ts';
import type { MissingContent } from './missing-content.ts';

/**
 * Gives files that a filter would have changed the content that they have in this tree, where that can be had without
 * running the filter: from the objects of Git LFS, or from this tree's own file of the same version. What cannot be had
 * is removed, so that nothing can take a pointer or an encrypted file for the content.
 */
export async function fillFilteredFiles(
  tree: CheckedOut,
  entries: readonly IndexEntry[],
): Promise<MissingContent[]> {
  const filtered = await filteredEntries(tree, entries);
  if (filtered.length === 0) return [];
  const context = { tree, lfsFolders: await lfsFoldersOf(tree), smudging: await smudgingDrivers(tree) };
  const here = await versionsHere(tree.here);
  const missing: MissingContent[] = [];
  for (const entry of filtered) {
    const pointer = await lfsPointerIn(join(tree.folder, entry.path));
    const found =
      pointer === null
        ? await smudgedFile(context, { entry, here })
        : await lfsFile(context, { path: entry.path, pointer });
    if (found === null) continue;
    await rm(join(tree.folder, entry.path), { force: true });
    missing.push({ ...found, path: `${tree.prefix}${entry.path}` });
  }
  return missing;
}

interface FilteredEntry extends IndexEntry {
  readonly driver: string;
}

interface Context {
  readonly tree: CheckedOut;
  readonly lfsFolders: readonly string[];
  /** Drivers with a command that changes content on its way out of the repository. */
  readonly smudging: ReadonlySet<string>;
}

type Missing = Omit<MissingContent, 'path'>;

async function filteredEntries(tree: CheckedOut, entries: readonly IndexEntry[]): Promise<FilteredEntry[]> {
  const files = new Map(
    entries.filter(({ mode }) => mode.startsWith('100')).map((entry) => [entry.path, entry]),
  );
  if (files.size === 0) return [];
  const input = [...files.keys()].map((path) => `${path}\0`).join('');
  // path, attribute, value, path, …
  const fields = (await gitThere(tree, ['check-attr', '-z', '--stdin', 'filter'], input)).split('\0');
  return fields.flatMap((path, index) => {
    const entry = index % 3 === 0 ? files.get(path) : undefined;
    const driver = fields[index + 2] ?? 'unspecified';
    return entry === undefined || ['unspecified', 'unset', 'set'].includes(driver)
      ? []
      : [{ ...entry, driver }];
  });
}

async function lfsFoldersOf({ here, gitFolders }: CheckedOut): Promise<string[]> {
  const storage = (await tried(here, ['config', '--type=path', 'lfs.storage'])) ?? 'lfs';
  return gitFolders.map((folder) => resolve(folder, storage, 'objects'));
}

async function smudgingDrivers(tree: CheckedOut): Promise<ReadonlySet<string>> {
  const found = await gitThere(tree, [
    'config',
    '-z',
    '--get-regexp',
    '^filter\\..*\\.(smudge|process)$',
  ]).catch(() => '');
  return new Set(
    found.split('\0').flatMap((setting) => {
      const [, driver, command = ''] = /^filter\.(.*)\.(?:smudge|process)\n(.*)$/s.exec(setting) ?? [];
      // Such as that of a filter that only removes something on the way in.
      return driver === undefined || ['', 'cat'].includes(command.trim()) ? [] : [driver];
    }),
  );
}

/** The versions of this tree's files that are checked out unchanged. */
async function versionsHere(folder: string): Promise<ReadonlyMap<string, string>> {
  const changed = new Set(
    await gitEntries(folder, ['diff-files', '--name-only', '-z']).catch((): string[] => []),
  );
  const entries = await entriesHere(folder);
  return new Map(entries.filter(({ path }) => !changed.has(path)).map(({ path, object }) => [path, object]));
}

async function lfsFile(
  { tree, lfsFolders }: Context,
  { path, pointer }: { readonly path: string; readonly pointer: LfsPointer },
): Promise<Missing | null> {
  const here = join(tree.here, path);
  const { object } = pointer;
  // Content on one side and a pointer on the other would be two different jobs.
  if ((await lfsPointerIn(here)) !== null)
    return { reason: 'this tree has only its Git LFS pointer', remedy: 'git lfs pull', hereToo: false };
  const stored = lfsFolders.map((folder) => join(folder, object.slice(0, 2), object.slice(2, 4), object));
  for (const source of [...stored, here]) {
    if (!(await isContentOf(source, pointer))) continue;
    await replaceFile(join(tree.folder, path), source);
    return null;
  }
  return {
    reason: 'its Git LFS object has not been fetched',
    remedy: `git ${tree.prefix === '' ? '' : `-C ${tree.prefix} `}lfs fetch origin ${tree.commit}`,
    hereToo: await exists(here),
  };
}

async function smudgedFile(
  { tree, smudging }: Context,
  { entry, here }: { readonly entry: FilteredEntry; readonly here: ReadonlyMap<string, string> },
): Promise<Missing | null> {
  const { path, driver, object } = entry;
  if (!smudging.has(driver)) return null;
  const file = join(tree.here, path);
  const version = here.get(path);
  const hereToo = await exists(file);
  if (version === object && hereToo) {
    await replaceFile(join(tree.folder, path), file);
    return null;
  }
  // A filter that left this tree's version as it is in the repository does so with the other's.
  if (version !== undefined && hereToo) {
    const raw = await git(tree.here, ['hash-object', '--no-filters', '--', path]);
    if (raw === version) return null;
  }
  return {
    reason: `its content comes from the filter '${driver}', and the commands of a repository do not run for another commit`,
    remedy: `compare with a commit that has the same version of ${path}, or keep what is measured out of the filter`,
    hereToo,
  };
}

/** With the other's mode, and without a link to it: what is measured may write to it. */
async function replaceFile(file: string, source: string): Promise<void> {
  const { mode } = await stat(file);
  await rm(file);
  await copyFile(source, file, constants.COPYFILE_FICLONE);
  await chmod(file, mode);
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
