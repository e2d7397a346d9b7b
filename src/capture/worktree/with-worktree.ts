import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { OutpaceError } from '../../base/errors.ts';
import { runCommand } from '../run-command.ts';
import { git, gitCommand } from '../run-git.ts';
import { completeTree } from './complete-tree.ts';
import { guardWorktree } from './guard-worktree.ts';
import { type MissingContent, rejectUnequalTrees } from './missing-content.ts';
import { partialCloneHint } from './partial-clone.ts';
import { quietSettings, SETTING_VARIABLES } from './quiet-settings.ts';
import type { WorktreePlace } from './remove-worktree.ts';
import { removeStaleWorktrees } from './stale-worktrees.ts';
import { thisOwner, worktreeName } from './worktree-name.ts';

/** A folder of this tree, and the one that stands for it in the other. */
export interface SameFolder {
  readonly here: string;
  readonly there: string;
}

export interface WorktreeOptions {
  readonly root: string;
  readonly commit: string;
  /** A temporary folder, of nobody else. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * A commit's files in a folder of their own, while they are used. Nothing of the repository runs or changes for them.
 *
 * @param use given the project's own folder first, then those above it, up to the repository's; and what neither this
 *   tree nor the other one has of the commit's content
 * @throws OutpaceError STORE_FAILED for content that this tree has, and that is not available for the commit
 */
export async function withWorktree<Value>(
  options: WorktreeOptions,
  use: (
    folders: readonly [SameFolder, ...SameFolder[]],
    missing: readonly MissingContent[],
  ) => Promise<Value>,
): Promise<Value> {
  const { root, commit, folder: temporary } = options;
  const gitFolders = await gitFoldersOf(root);
  const worktrees = join(gitFolders.common, 'worktrees');
  await removeStaleWorktrees(worktrees);
  const name = worktreeName(thisOwner(), randomBytes(6).toString('hex'));
  const place: WorktreePlace = { folder: join(temporary, name), administration: join(worktrees, name) };
  const folders = sameFolders({
    root,
    folder: place.folder,
    prefix: await git(root, ['rev-parse', '--show-prefix']),
  });
  const top = folders.at(-1) ?? folders[0];
  const guard = guardWorktree(place, temporary);
  try {
    await addWorktree(options, place);
    const missing = await completeTree({
      commit,
      folder: place.folder,
      here: top.here,
      prefix: '',
      repository: [],
      indexFile: null,
      gitFolders: [gitFolders.own, gitFolders.common],
      temporary,
    });
    rejectUnequalTrees(missing, commit);
    return await use(folders, missing);
  } finally {
    await guard.finish(options.signal);
  }
}

/** A linked worktree has its own folder, and one in common with the others. */
async function gitFoldersOf(root: string) {
  return {
    own: resolve(root, await git(root, ['rev-parse', '--git-dir'])),
    common: resolve(root, await git(root, ['rev-parse', '--git-common-dir'])),
  };
}

function sameFolders({
  root,
  folder,
  prefix,
}: {
  readonly root: string;
  readonly folder: string;
  readonly prefix: string;
}): readonly [SameFolder, ...SameFolder[]] {
  const names = prefix.split('/').filter((name) => name !== '');
  const above = names.map((_, up) => ({
    here: join(root, ...names.slice(0, up + 1).map(() => '..')),
    there: join(folder, ...names.slice(0, names.length - up - 1)),
  }));
  return [{ here: root, there: join(folder, ...names) }, ...above];
}

async function addWorktree(
  { root, commit, signal }: WorktreeOptions,
  { folder }: WorktreePlace,
): Promise<void> {
  const settings = await quietSettings(root);
  const { args, env } = gitCommand([...settings, 'worktree', 'add', '--detach', '--quiet', folder, commit], {
    variables: SETTING_VARIABLES,
  });
  const { exitCode, output } = await runCommand({ command: ['git', ...args], cwd: root, env, signal });
  if (exitCode === 0) return;
  const hint = await partialCloneHint(root, commit);
  throw new OutpaceError(
    'STORE_FAILED',
    `the files of commit ${commit.slice(0, 8)} cannot be checked out${hint}: ${output}`,
  );
}
