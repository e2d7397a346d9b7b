import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where one worktree is. */
export interface WorktreePlace {
  /** Its files, and nothing else. */
  readonly folder: string;
  /** What git knows of it: the one entry below `worktrees` in the repository. */
  readonly administration: string;
}

/**
 * Removes one worktree, and nothing that belongs to another: `git worktree prune` would remove every one whose folder
 * is not there at the moment, such as those on a disk that is not mounted.
 */
export async function removeWorktree({ folder, administration }: WorktreePlace): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await rm(administration, { recursive: true, force: true, maxRetries: 5 });
  // As git does with the last one.
  await rmdir(dirname(administration)).catch(() => undefined);
}
