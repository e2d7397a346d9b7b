import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';
import { isErrorCode } from '../base/errors.ts';

/** The process that made something, told apart from a later process with the same number. */
const OwnerSchema = v.object({
  schemaVersion: v.literal(1),
  kind: v.literal('owner'),
  host: v.string(),
  /** Changes when the machine starts again; null where the system does not tell. */
  boot: v.nullable(v.string()),
  /** A container counts its processes from 1. */
  pidNamespace: v.nullable(v.string()),
  pid: v.pipe(v.number(), v.safeInteger(), v.gtValue(0)),
  /** In the kernel's ticks since the machine started; null where the system does not tell. */
  startTicks: v.nullable(v.string()),
});

export type Owner = v.InferOutput<typeof OwnerSchema>;

export function thisProcess(): Owner {
  return {
    schemaVersion: 1,
    kind: 'owner',
    host: hostname(),
    boot: readText('/proc/sys/kernel/random/boot_id'),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    startTicks: statOf(process.pid)?.startTicks ?? null,
  };
}

/** null for what is no note of an owner. */
export function parseOwner(text: string): Owner | null {
  try {
    return v.parse(OwnerSchema, JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether a process has certainly ended; false where that cannot be known from here. */
export function hasEnded(owner: Owner): boolean {
  const here = thisProcess();
  if (owner.host !== here.host) return false;
  if (owner.boot !== here.boot) return owner.boot !== null && here.boot !== null;
  if (owner.pidNamespace !== here.pidNamespace) return false;
  if (!isThere(owner.pid)) return true;
  const stat = statOf(owner.pid);
  if (stat === null || owner.startTicks === null) return false;
  // It has ended, and waits only for its parent to notice.
  return stat.state === 'Z' || stat.state === 'X' || stat.startTicks !== owner.startTicks;
}

/** Whether a process of this number runs here, or waits for its parent to notice its end. */
export function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Anything else, such as EPERM, is said of a process that is there.
    return !isErrorCode(error, 'ESRCH');
  }
}

/** Fields 3 and 22 of `/proc/<pid>/stat` (proc(5)); the second field, in brackets, may hold anything. */
function statOf(pid: number): { readonly state: string; readonly startTicks: string } | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state === undefined || startTicks === undefined ? null : { state, startTicks };
}

function pidNamespace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
