/** What git knows of a tree's files. */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { git, gitEntries } from './run-git.ts';

/** The top folder of the repository, without links on the way. */
export async function repositoryTop(folder: string): Promise<string> {
  return realpath(await git(folder, ['rev-parse', '--show-toplevel']));
}

/**
 * The files of the repository that differ from HEAD or are new, by their absolute paths. What git ignores is not among
 * them.
 */
export async function uncommittedFiles(top: string): Promise<string[]> {
  const listed = await entriesOf(top, [
    'status',
    '--porcelain=v2',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignore-submodules=none',
  ]);
  return listed.map((entry) => join(top, pathInStatus(entry)));
}

/** Fields before the path in `git status --porcelain=v2`, by the entry's kind. */
const FIELDS_BEFORE: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1, '!': 1 };

function pathInStatus(entry: string): string {
  const fields = FIELDS_BEFORE[entry.charAt(0)] ?? 0;
  return entry.split(' ').slice(fields).join(' ');
}

/** What a commit holds that decides how its tree is linked; paths are relative to the repository's top. */
export interface LinkedTree {
  /** The folders that have a package.json; the top itself is empty. */
  readonly packages: readonly string[];
  /** The symbolic links. */
  readonly links: readonly string[];
}

export async function linkedTree(top: string, commit: string): Promise<LinkedTree> {
  const listed = await entriesOf(top, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const entries = listed.map((entry) => ({
    isLink: entry.startsWith('120000 '),
    path: entry.slice(entry.indexOf('\t') + 1),
  }));
  return {
    packages: packagesAmong(entries.map(({ path }) => path)),
    links: entries.filter(({ isLink }) => isLink).map(({ path }) => path),
  };
}

/** The folders of a working tree that have a tracked package.json, relative to its top; the top itself is empty. */
export async function packageFolders(top: string): Promise<string[]> {
  return packagesAmong(await entriesOf(top, ['ls-files', '-z', '--', ':(top,glob)**/package.json']));
}

function packagesAmong(paths: readonly string[]): string[] {
  return paths
    .filter((path) => /(?:^|\/)package\.json$/.test(path) && !path.split('/').includes('node_modules'))
    .map((path) => path.slice(0, -'package.json'.length).replace(/\/$/, ''));
}

/** Each once: during a merge, git lists a file for each of its versions. */
async function entriesOf(top: string, args: readonly string[]): Promise<string[]> {
  return [...new Set(await gitEntries(top, args))];
}
