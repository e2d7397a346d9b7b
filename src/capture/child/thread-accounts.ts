import { readFileSync } from 'node:fs';
import { NS_PER_US } from '../../base/units.ts';

/** What the kernel says a thread has used since its start. */
export interface ThreadAccounts {
  readonly cpuUs: number;
  /** null where only the CPU time is known. */
  readonly runQueueUs: number | null;
}

/**
 * Linux's own accounts of one thread of this process (`/proc/…/schedstat`: ns on a CPU, ns in the run queue).
 *
 * @param task `self/task/<tid>` or `thread-self`
 * @returns null where there are none: another platform, or the thread is gone
 */
export function readThreadAccounts(task: string): ThreadAccounts | null {
  try {
    return parseSchedstat(readFileSync(`/proc/${task}/schedstat`, 'utf8'));
  } catch {
    return null;
  }
}

export function parseSchedstat(text: string): ThreadAccounts | null {
  const [cpuNs, runQueueNs] = text.split(' ').map(Number);
  if (cpuNs === undefined || runQueueNs === undefined || !Number.isFinite(cpuNs + runQueueNs)) return null;
  return { cpuUs: cpuNs / NS_PER_US, runQueueUs: runQueueNs / NS_PER_US };
}
