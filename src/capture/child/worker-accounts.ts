import { largest, lastIndexIn, numberOf, parseJson, sliceOf } from './captured.ts';
import { INTRODUCTION_URL } from './function-counts.ts';
import type { ThreadCapture } from './messages.ts';
import { parseSchedstat, readThreadAccounts, type ThreadAccounts } from './thread-accounts.ts';

/** What a worker calls at its end. */
export const END_BINDING = '__outpaceThreadEnd';

/** Evaluated in each worker before its own script: its kernel thread and its accounts, now and again at its end. */
export const INTRODUCTION = `(() => {
  const report = globalThis.${END_BINDING};
  delete globalThis.${END_BINDING};
  const { readFileSync, readlinkSync } = process.getBuiltinModule('node:fs');
  const { hrtime: { bigint }, threadCpuUsage } = process;
  const { stringify } = JSON;
  const asNumber = Number;
  const read = (f) => { try { return f(); } catch { return ''; } };
  const accounts = () => {
    const { user, system } = threadCpuUsage();
    const schedstat = read(() => readFileSync('/proc/thread-self/schedstat', 'utf8'));
    return { atUs: asNumber(bigint()) / 1000, cpuUs: user + system, schedstat };
  };
  process.once('exit', () => report(stringify(accounts())));
  return stringify({ thread: read(() => readlinkSync('/proc/thread-self')), ...accounts() });
})()
//# sourceURL=${INTRODUCTION_URL}`;

/** What a worker has said of itself; what it used before its own script is not its life's. */
export interface WorkerAccounts {
  start: { readonly task: string | null; readonly atUs: number; readonly accounts: ThreadAccounts } | null;
  ending: { readonly atUs: number; readonly accounts: ThreadAccounts } | null;
}

export function parseStart(json: string): WorkerAccounts['start'] {
  const { thread, atUs, ...said } = parseJson(json);
  const task = thread === '' ? null : `self/task/${lastPart(thread)}`;
  return { task, atUs, accounts: accountsOf(said) };
}

export function parseEnd(json: string): WorkerAccounts['ending'] {
  const { atUs, ...said } = parseJson(json);
  return { atUs, accounts: accountsOf(said) };
}

/** The kernel's accounts where there are any, since it is these that are read where a worker is ended from outside. */
function accountsOf(said: { readonly cpuUs: number; readonly schedstat: string }): ThreadAccounts {
  return parseSchedstat(said.schedstat) ?? { cpuUs: said.cpuUs, runQueueUs: null };
}

export function tidOf({ start }: WorkerAccounts): number | null {
  const task = start?.task ?? null;
  return task === null ? null : numberOf(lastPart(task));
}

function lastPart(path: string): string {
  return sliceOf(path, lastIndexIn(path, '/') + 1);
}

/** What a worker has used of the CPU since its script began; null where it was ended from outside and nothing tells. */
export function usedBy({ start, ending }: WorkerAccounts): Pick<ThreadCapture, 'cpuUs' | 'runQueueUs'> {
  const task = start?.task ?? null;
  const now = ending?.accounts ?? (task === null ? null : readThreadAccounts(task));
  if (start === null || now === null) return { cpuUs: null, runQueueUs: null };
  const { cpuUs, runQueueUs } = start.accounts;
  const queued = now.runQueueUs === null || runQueueUs === null ? null : now.runQueueUs - runQueueUs;
  return { cpuUs: largest(0, now.cpuUs - cpuUs), runQueueUs: queued };
}
