import { rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawnGuard } from '../guard.ts';
import { removeWorktree, type WorktreePlace } from './remove-worktree.ts';

const GUARD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './worktree-guard.ts' : './worktree-guard.js', import.meta.url),
);
/** Whoever interrupts does not want to wait until a hundred thousand files are gone. */
const INTERRUPTED_REMOVAL_MS = 400;

/** Removes a worktree when it is no longer needed; a process of its own does that if this one is killed. */
export function guardWorktree(place: WorktreePlace, temporary: string) {
  const discarded = `${temporary}.discarded`;
  const { guard, gone } = spawnGuard(
    [GUARD, place.folder, place.administration, temporary, discarded],
    'ignore',
  );
  return {
    /** Removes it; when interrupted, what takes longer is left to the guard. */
    async finish(signal: AbortSignal): Promise<void> {
      if (signal.aborted) {
        // Out of the way of whoever removes the temporary folder, and waits for that.
        await rename(place.folder, discarded).catch(() => undefined);
        await rm(place.administration, { recursive: true, force: true }).catch(() => undefined);
        guard.stdin?.end('remove\n');
        await Promise.race([gone, sleep(INTERRUPTED_REMOVAL_MS, undefined, { ref: false })]);
        guard.unref();
        return;
      }
      const isRemoved = await removeWorktree(place).then(
        () => true,
        () => false,
      );
      guard.stdin?.end(isRemoved ? 'released\n' : 'remove\n');
      await gone;
    },
  };
}
