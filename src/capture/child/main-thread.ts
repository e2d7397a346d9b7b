import { US_PER_MS } from '../../base/units.ts';
import { largest } from './captured.ts';
import { threadCpuUsedUs } from './clock.ts';
import { readThreadAccounts } from './thread-accounts.ts';

/** What the main thread did during `run`; the rest of the time it waited. */
export interface MainThreadUse {
  readonly cpuMs: number;
  /** In the queue for a CPU; null where the system does not tell. */
  readonly runQueueMs: number | null;
}

/** What the main thread has used so far. */
export interface MainThreadAccounts {
  readonly cpuUs: number;
  readonly runQueueUs: number | null;
}

/**
 * To be called outside the timed part: it reads a file.
 *
 * The CPU time is not the kernel's `schedstat`, which lags behind by up to a tick for a thread that runs.
 */
export function mainThreadAccounts(): MainThreadAccounts {
  return { cpuUs: threadCpuUsedUs(), runQueueUs: readThreadAccounts('thread-self')?.runQueueUs ?? null };
}

export function mainThreadUse(before: MainThreadAccounts, after: MainThreadAccounts): MainThreadUse {
  const isKnown = before.runQueueUs !== null && after.runQueueUs !== null;
  return {
    cpuMs: largest(0, after.cpuUs - before.cpuUs) / US_PER_MS,
    runQueueMs: isKnown ? largest(0, after.runQueueUs - before.runQueueUs) / US_PER_MS : null,
  };
}
