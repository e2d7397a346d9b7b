import { NS_PER_US } from '../../base/units.ts';
import { isFiniteNumber, numberOf, readText, wordsOf } from './captured.ts';

/** What the kernel says a thread has used since its start. */
export interface ThreadAccounts {
  readonly cpuUs: number;
  /** null where only the CPU time is known. */
  readonly runQueueUs: number | null;
}

/**
 * Linux's own accounts of one thread (`/proc/…/schedstat`: ns on a CPU, ns in the run queue).
 *
 * @param task `self/task/<tid>`, `<pid>/task/<tid>` or `thread-self`
 * @returns null where there are none: another platform, or the thread is gone
 */
export function readThreadAccounts(task: string): ThreadAccounts | null {
  try {
    return parseSchedstat(readText(`/proc/${task}/schedstat`));
  } catch {
    return null;
  }
}

export function parseSchedstat(text: string): ThreadAccounts | null {
  const words = wordsOf(text);
  const cpuNs = numberOf(words[0]);
  const runQueueNs = numberOf(words[1]);
  if (!isFiniteNumber(cpuNs + runQueueNs)) return null;
  return { cpuUs: cpuNs / NS_PER_US, runQueueUs: runQueueNs / NS_PER_US };
}
