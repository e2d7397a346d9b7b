import { readdirSync, readFileSync } from 'node:fs';
import type { ThreadActivity } from '../profile/activity.ts';
import { nowUs } from './child/clock.ts';
import { readThreadAccounts } from './child/thread-accounts.ts';

const FIRST_INTERVAL_MS = 10;
/** Beyond this, every other look is forgotten and the interval doubled: a long run needs no finer picture. */
const MOST_LOOKS = 3000;

interface Watched {
  readonly name: string;
  readonly looks: { atUs: number; cpuUs: number; runQueueUs: number }[];
}

/** Looks at the kernel's accounts of each thread of another process, from time to time. */
export interface ThreadWatch {
  /** null where the system has no such accounts. */
  stop(): readonly ThreadActivity[] | null;
}

/** @param pid of a process that this one has started */
export function watchThreads(pid: number): ThreadWatch {
  const threads = new Map<string, Watched>();
  let looks = 0;
  let intervalMs = FIRST_INTERVAL_MS;
  let timer = setTimeout(look, 0);
  function look(): void {
    for (const tid of tidsOf(pid)) {
      const accounts = readAccounts(pid, tid);
      if (accounts === null) continue;
      const watched = threads.get(tid) ?? { name: readName(pid, tid), looks: [] };
      threads.set(tid, watched);
      watched.looks.push(accounts);
    }
    looks += 1;
    if (looks === MOST_LOOKS) {
      for (const watched of threads.values()) forgetEveryOther(watched.looks);
      looks /= 2;
      intervalMs *= 2;
    }
    timer = setTimeout(look, intervalMs);
  }
  return {
    stop() {
      clearTimeout(timer);
      if (threads.size === 0) return null;
      return [...threads].map(([tid, { name, looks: seen }]) => ({ tid: Number(tid), name, looks: seen }));
    },
  };
}

function forgetEveryOther(looks: unknown[]): void {
  let kept = 0;
  for (let index = 0; index < looks.length; index += 2) looks[kept++] = looks[index];
  looks.length = kept;
}

function tidsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function readAccounts(pid: number, tid: string) {
  const accounts = readThreadAccounts(`${pid}/task/${tid}`);
  if (accounts === null || accounts.runQueueUs === null) return null;
  return { atUs: nowUs(), cpuUs: accounts.cpuUs, runQueueUs: accounts.runQueueUs };
}

function readName(pid: number, tid: string): string {
  try {
    return readFileSync(`/proc/${pid}/task/${tid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
