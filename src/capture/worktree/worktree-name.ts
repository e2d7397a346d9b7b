import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/** Whose a worktree is. */
export interface WorktreeOwner {
  readonly machine: string;
  readonly pid: number;
}

const NAME = /^outpace-check-([\da-f]{8})-(\d+)-[\da-f]{12}$/;

/**
 * A worktree's name, which git makes that of its entry too: it is known to be ours before anything is in it, and by
 * nothing else than its name.
 *
 * @param unique 12 hexadecimal digits
 */
export function worktreeName({ machine, pid }: WorktreeOwner, unique: string): string {
  return `outpace-check-${machine}-${pid}-${unique}`;
}

/** null: not one of ours. */
export function ownerOf(name: string): WorktreeOwner | null {
  const [, machine, pid] = NAME.exec(name) ?? [];
  return machine === undefined ? null : { machine, pid: Number(pid) };
}

/** This process; a machine's name is not for everybody to read. */
export function thisOwner(): WorktreeOwner {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  return { machine, pid: process.pid };
}
