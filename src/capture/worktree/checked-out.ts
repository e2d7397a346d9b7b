import { git, gitEntries } from '../run-git.ts';
import { SETTING_VARIABLES } from './quiet-settings.ts';

/** One repository of the other commit, the project's or a submodule's, with its files in place. */
export interface CheckedOut {
  readonly commit: string;
  /** Its files. */
  readonly folder: string;
  /** The same repository's folder in this tree, which may be empty or missing. */
  readonly here: string;
  /** From the project's repository, with a slash at the end; empty for that itself. */
  readonly prefix: string;
  /** How git finds the repository from `folder`. */
  readonly repository: readonly string[];
  readonly indexFile: string | null;
  /** The repository's own folders, in which git and its helpers keep objects and submodules. */
  readonly gitFolders: readonly string[];
  /** Where further index files can be put. */
  readonly temporary: string;
}

/** An entry of an index. */
export interface IndexEntry {
  readonly mode: string;
  readonly object: string;
  readonly path: string;
}

/** Asks git about a checked-out repository. */
export function gitThere(
  { folder, repository, indexFile }: CheckedOut,
  args: readonly string[],
  input?: string,
): Promise<string> {
  return git(folder, [...repository, ...args], {
    variables: SETTING_VARIABLES,
    ...(indexFile === null ? {} : { indexFile }),
    ...(input === undefined ? {} : { input }),
  });
}

export async function entriesThere(tree: CheckedOut): Promise<IndexEntry[]> {
  return parseIndex((await gitThere(tree, ['ls-files', '-s', '-z'])).split('\0'));
}

/** Those of this tree's own index; none where there is no such repository. */
export async function entriesHere(folder: string): Promise<IndexEntry[]> {
  return parseIndex(await gitEntries(folder, ['ls-files', '-s', '-z']).catch((): string[] => []));
}

/** Each is `mode object stage<TAB>path`. */
function parseIndex(lines: readonly string[]): IndexEntry[] {
  return lines.flatMap((line) => {
    const [, mode, object, path] = /^(\d+) ([\da-f]+) \d\t(.+)$/s.exec(line) ?? [];
    return mode === undefined || object === undefined || path === undefined ? [] : [{ mode, object, path }];
  });
}
