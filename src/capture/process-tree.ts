import { readdirSync, readFileSync } from 'node:fs';

/**
 * The running processes that were started after another, by what Linux's /proc lists; none on other systems.
 *
 * The kernel hands out process numbers in ascending order and begins anew at its largest, so most processes need not be
 * looked at: a look costs well under a millisecond.
 */
export function processesStartedAfter(pid: number): number[] {
  const last = lastNumber();
  if (last === null) return [];
  const beganAnew = last < pid;
  return allProcesses().filter((other) => other > pid || (beganAnew && other <= last));
}

/** All running processes, by what Linux's /proc lists; none on other systems. */
export function allProcesses(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** What a process has started, and those in turn, as far as each one's parent still runs. */
export function descendantsOf(pid: number): number[] {
  if (isChildless(pid)) return [];
  const children = new Map<number, number[]>();
  for (const other of processesStartedAfter(pid)) {
    const parent = parentOf(other);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), other]);
  }
  const found = [...(children.get(pid) ?? [])];
  // Grows while it is walked.
  for (const descendant of found) found.push(...(children.get(descendant) ?? []));
  return found;
}

/**
 * Whether a process surely has no children, by `/proc/<pid>/task/<tid>/children` (proc(5)): a dozen small files, where the
 * list of all processes takes several times as long on a busy machine. While children end, such a file may omit some of
 * them, but not all; a thread whose file has gone may have left its children to another.
 */
function isChildless(pid: number): boolean {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.every((tid) => readFileSync(`/proc/${pid}/task/${tid}/children`).byteLength === 0);
  } catch {
    // The process is gone, or the kernel has no such files (CONFIG_PROC_CHILDREN).
    return false;
  }
}

/** Those of some processes that have inherited a text in their environment; not those of another user. */
export function withEnvironment(text: string, pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`).includes(text);
    } catch {
      return false;
    }
  });
}

/** The fifth field of `/proc/loadavg` (proc(5)). */
function lastNumber(): number | null {
  try {
    const last = Number(readFileSync('/proc/loadavg', 'utf8').trim().split(' ').at(-1));
    return Number.isInteger(last) ? last : null;
  } catch {
    return null;
  }
}

/** The fourth field of `/proc/<pid>/stat`; the second, in brackets, may hold anything. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
