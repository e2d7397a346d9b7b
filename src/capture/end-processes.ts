import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrorCode } from '../base/errors.ts';
import { allProcesses, descendantsOf, processesStartedAfter, withEnvironment } from './process-tree.ts';

/** Set in the environment of a measured process, and so of whatever it starts: tokens, each ended by a semicolon. */
export const MARKER_VARIABLE = 'OUTPACE_RUN';
/** A process that was sent SIGKILL is gone within this, unless the kernel holds it. */
const LONGEST_SWEEP_MS = 2000;
const SWEEP_EVERY_MS = 2;

/** Ends a child that leads a process group, and all that it started as far as the system knows its descent. */
export function killTree(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  // Before its end: those in sessions of their own lose their parent with it.
  const descendants = descendantsOf(pid);
  killGroup(pid);
  killEach(descendants);
}

/** Ends what is left of the process group of a leader that may be gone. */
export function killGroup(pid: number): void {
  kill(-pid);
}

export function killEach(pids: readonly number[]): void {
  for (const pid of pids) kill(pid);
}

/**
 * Ends every process that has inherited a marker, whatever session it is in and whoever its parent is by now.
 *
 * Linux alone shows the environment of a process. There, too, one that was given another environment is not recognized.
 *
 * @param startedAfter only those that are younger than this process; null: all
 */
export async function killMarked(token: string, startedAfter: number | null): Promise<void> {
  const endMs = performance.now() + LONGEST_SWEEP_MS;
  for (;;) {
    const candidates = startedAfter === null ? allProcesses() : processesStartedAfter(startedAfter);
    const marked = withEnvironment(token, candidates);
    if (marked.length === 0 || performance.now() > endMs) return;
    for (const pid of marked) kill(pid);
    // Once more: one may have started another in the meantime.
    await sleep(SWEEP_EVERY_MS);
  }
}

/** @param pid negative: a process group */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone already; or of another user. macOS says EPERM of a group whose processes have all ended and wait to be reaped.
    if (!isErrorCode(error, 'ESRCH') && !isErrorCode(error, 'EPERM')) throw error;
  }
}
