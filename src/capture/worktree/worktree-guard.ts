/**
 * Removes a git worktree when the process that created it is gone: a program of its own, whose standard input ends when
 * its parent does, however it ended. A line there before that says what is left to do: `released` (nothing), or `remove`.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeWorktree } from './remove-worktree.ts';

/** What was started for the worktree may write to it for a moment after its parent's end. */
const REMOVALS = 10;
const BETWEEN_REMOVALS_MS = 300;

const [folder = '', administration = '', temporary = '', discarded = ''] = process.argv.slice(2);
let order: string | null = null;

// A terminal's Ctrl-C reaches the whole group; the parent's end is what counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
createInterface({ input: process.stdin })
  .on('line', (line) => {
    order = line;
  })
  .on('close', () => {
    if (order === 'remove') void removeAll();
    else if (order !== 'released') void removeForGood();
  });

async function removeForGood(): Promise<void> {
  for (let removal = 0; removal < REMOVALS; removal += 1) {
    if (removal > 0) await sleep(BETWEEN_REMOVALS_MS);
    if (removal > 1 && !existsSync(temporary) && !existsSync(administration)) return;
    await removeAll();
  }
}

async function removeAll(): Promise<void> {
  await removeWorktree({ folder, administration }).catch(() => undefined);
  for (const left of [discarded, temporary]) {
    await rm(left, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}
