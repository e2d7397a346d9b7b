import { readdir, readFile, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isThere } from '../../store/owner.ts';
import { removeWorktree } from './remove-worktree.ts';
import { ownerOf, thisOwner, type WorktreeOwner } from './worktree-name.ts';

/** Nobody measures that long; processes of other machines and containers cannot be asked. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/** Removes what earlier checks of this repository left behind when they and their guards were killed. */
export async function removeStaleWorktrees(worktrees: string): Promise<void> {
  const names = await readdir(worktrees).catch((): string[] => []);
  for (const name of names) {
    const owner = ownerOf(name);
    const administration = join(worktrees, name);
    if (owner === null || (await isInUse(owner, administration))) continue;
    // Without the link, git had not begun with the files.
    const folder = (await folderOf(administration)) ?? administration;
    if (basename(folder) !== name) continue;
    await removeWorktree({ folder, administration }).catch(() => undefined);
    // The temporary folder around it, if it holds nothing else.
    if (folder !== administration) await rmdir(dirname(folder)).catch(() => undefined);
  }
}

async function isInUse(owner: WorktreeOwner, administration: string): Promise<boolean> {
  const { mtimeMs } = await stat(administration).catch(() => ({ mtimeMs: Date.now() }));
  if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) return false;
  return owner.machine !== thisOwner().machine || isThere(owner.pid);
}

/** git writes the path of the worktree's own `.git` there, which may be relative. */
async function folderOf(administration: string): Promise<string | null> {
  const link = await readFile(join(administration, 'gitdir'), 'utf8').catch(() => null);
  return link === null ? null : dirname(resolve(administration, link.trimEnd()));
}
