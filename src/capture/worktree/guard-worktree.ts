import { spawn } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../child-environment.ts';
import { MARKER_VARIABLE } from '../end-processes.ts';
import { removeWorktree, type WorktreePlace } from './remove-worktree.ts';

const GUARD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './worktree-guard.ts' : './worktree-guard.js', import.meta.url),
);
/** Whoever interrupts does not want to wait until a hundred thousand files are gone. */
const INTERRUPTED_REMOVAL_MS = 400;

/** Removes a worktree when it is no longer needed; a process of its own does that if this one is killed. */
export function guardWorktree(place: WorktreePlace, temporary: string) {
  const { environment } = childEnvironment(process.env);
  const discarded = `${temporary}.discarded`;
  const guard = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      GUARD,
      place.folder,
      place.administration,
      temporary,
      discarded,
    ],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...environment, NODE_OPTIONS: undefined, [MARKER_VARIABLE]: undefined },
      // It has to outlive this process, if only by a moment.
      detached: true,
      windowsHide: true,
    },
  );
  const gone = new Promise<void>((resolve) => {
    guard.once('exit', () => resolve());
    // A machine that can start no more processes fails at what comes next.
    guard.once('error', () => resolve());
  });
  guard.stdin.on('error', () => undefined);
  return {
    /** Removes it; when interrupted, what takes longer is left to the guard. */
    async finish(signal: AbortSignal): Promise<void> {
      if (signal.aborted) {
        // Out of the way of whoever removes the temporary folder, and waits for that.
        await rename(place.folder, discarded).catch(() => undefined);
        await rm(place.administration, { recursive: true, force: true }).catch(() => undefined);
        guard.stdin.end('remove\n');
        await Promise.race([gone, sleep(INTERRUPTED_REMOVAL_MS, undefined, { ref: false })]);
        guard.unref();
        return;
      }
      const isRemoved = await removeWorktree(place).then(
        () => true,
        () => false,
      );
      guard.stdin.end(isRemoved ? 'released\n' : 'remove\n');
      await gone;
    },
  };
}
