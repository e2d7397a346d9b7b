import { resolveRef } from './git.ts';
import { installDependencies } from './install-dependencies.ts';
import { linkedTree, packageFolders, repositoryTop, uncommittedFiles } from './repository.ts';
import { withWorktree } from './worktree/with-worktree.ts';

/** What git and npm are asked about the tree of a project, and for another commit's. */
export const REPOSITORY_ACCESS = {
  resolveRef,
  repositoryTop,
  uncommittedFiles,
  linkedTree,
  packageFolders,
  withWorktree,
  installDependencies,
} as const;

export type RepositoryAccess = typeof REPOSITORY_ACCESS;
