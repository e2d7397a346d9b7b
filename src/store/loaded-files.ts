/** Which tree the files that a run loaded belong to. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCKFILES } from './install-command.ts';
import { readManifest } from './shared-packages.ts';
import { isInside, isInstalled, type TwoTrees } from './trees.ts';

/** @returns paths without links on the way, each once; a file that is gone keeps its name */
export async function filesOf(urls: readonly string[]): Promise<string[]> {
  const paths = urls.map((url) => fileURLToPath(new URL(new URL(url).pathname, 'file:')));
  return [...new Set(await Promise.all(paths.map((path) => realpath(path).catch(() => path))))];
}

/** What each side has loaded. */
export interface LoadedFiles {
  /** Of the other tree's run. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface MisplacedFile {
  readonly side: keyof LoadedFiles;
  readonly file: string;
}

/**
 * The first file that a side loaded from the other side's tree; null where each ran its own code.
 *
 * @param arePackagesShared whether the other tree may load what is installed in this one
 */
export function misplacedFile(
  trees: TwoTrees,
  { before, after }: LoadedFiles,
  arePackagesShared: boolean,
): MisplacedFile | null {
  const isMisplaced = (file: string) =>
    // The other tree can lie within this one, where temporary files do.
    isInside(trees.here, file) &&
    !isInside(trees.there, file) &&
    !(arePackagesShared && isInstalled(trees.here, file));
  const ofThisTree = before.find(isMisplaced);
  if (ofThisTree !== undefined) return { side: 'before', file: ofThisTree };
  const ofTheOther = after.find((file) => isInside(trees.there, file));
  return ofTheOther === undefined ? null : { side: 'after', file: ofTheOther };
}

/** The installed package by which a file of the repository was found, as a path below the top; null where none leads there. */
export async function packageLeadingTo(
  trees: TwoTrees,
  { file, loaded }: { readonly file: string; readonly loaded: readonly string[] },
): Promise<string | null> {
  const folder = await packageFolderOf(trees.here, file);
  const { name } = folder === null ? { name: null } : await readManifest(folder);
  if (folder === null || name === null) return null;
  for (const other of loaded.filter((path) => isInside(trees.here, path) && isInstalled(trees.here, path))) {
    for (let above = dirname(other); isInside(trees.here, above); above = dirname(above)) {
      const found = await realpath(join(above, 'node_modules', name)).catch(() => null);
      if (found === folder) return relative(trees.here, (await packageFolderOf(trees.here, other)) ?? other);
    }
  }
  return null;
}

/** Files that both sides loaded and that belong to neither tree nor to any `node_modules`. */
export function filesOfNeither(trees: TwoTrees, { before, after }: LoadedFiles): string[] {
  const both = new Set(after);
  return before.filter(
    (file) =>
      both.has(file) &&
      !isInside(trees.here, file) &&
      !isInside(trees.there, file) &&
      !file.split(/[\\/]/).includes('node_modules'),
  );
}

/** How many of a tree's own files were loaded, and whether any of them is another in the other tree. */
export async function ownFilesCompared(
  trees: TwoTrees,
  { before, after }: LoadedFiles,
): Promise<{ readonly count: number; readonly areSame: boolean }> {
  const pathsIn = (top: string, files: readonly string[]) =>
    files.filter((file) => isInside(top, file) && !isInstalled(top, file)).map((file) => relative(top, file));
  const paths = new Set([...pathsIn(trees.there, before), ...pathsIn(trees.here, after)]);
  const same = await Promise.all(
    [...paths].map(async (path) => {
      const [ours, theirs] = [await bytesOf(join(trees.here, path)), await bytesOf(join(trees.there, path))];
      return ours !== null && theirs !== null && ours.equals(theirs);
    }),
  );
  return { count: paths.size, areSame: same.every((isSame) => isSame) };
}

async function bytesOf(file: string): Promise<Buffer | null> {
  return readFile(file).catch(() => null);
}

const SETTINGS_OF_PACKAGES = [
  'package.json',
  'pnpm-workspace.yaml',
  '.npmrc',
  '.yarnrc.yml',
  'tsconfig.json',
  ...LOCKFILES,
];

/**
 * The changed files that what was measured can depend on: all of the project's own folder, those of packages that
 * something was loaded from, and what decides which packages are installed.
 *
 * @param changed paths without links on the way, as `loaded` and `root` are
 */
export async function changesThatCount(
  changed: readonly string[],
  { top, root, loaded }: { readonly top: string; readonly root: string; readonly loaded: readonly string[] },
): Promise<string[]> {
  const own = loaded.filter((file) => isInside(top, file) && !isInstalled(top, file));
  const packages = new Set(await Promise.all(own.map((file) => packageFolderOf(top, file))));
  const counts = await Promise.all(
    changed.map(async (file) => {
      if (isInside(root, file) || own.includes(file)) return true;
      if (isInside(dirname(file), root) && SETTINGS_OF_PACKAGES.includes(basename(file))) return true;
      const folder = await packageFolderOf(top, file);
      return folder !== null && packages.has(folder);
    }),
  );
  return changed.filter((_, index) => counts[index]);
}

/** The nearest folder above a file that has a package.json; null where there is none below the top. */
async function packageFolderOf(top: string, file: string): Promise<string | null> {
  for (let folder = dirname(file); isInside(top, folder); folder = dirname(folder)) {
    const found = await stat(join(folder, 'package.json')).catch(() => null);
    if (found !== null) return folder;
    if (folder === dirname(folder)) break;
  }
  return null;
}
