/**
 * A process that cleans up after another one: its standard input ends when its parent does, even by SIGKILL or a crash.
 * Then it ends the command that it runs, or removes the worktree that it watches over.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import { isErrorCode } from '../../base/errors.ts';
import { killTree } from '../cut-short.ts';
import { removeWorktree } from '../worktree/remove-worktree.ts';
import { type Duty, NOT_FOUND_EXIT_CODE, RELEASED } from './duty.ts';

/** A git that was creating the worktree may write to it for a moment after its parent's end. */
const REMOVALS = 10;
const BETWEEN_REMOVALS_MS = 300;

// A terminal's Ctrl-C reaches the whole group; the parent's end is what counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

let atParentsEnd = async (): Promise<void> => {};
const lines = createInterface({ input: process.stdin });
lines.once('line', (text) => {
  const duty: Duty = JSON.parse(text);
  if (duty.kind === 'command') void runCommand(duty);
  else atParentsEnd = () => removeForGood(duty);
  lines.once('line', (order) => {
    if (order === RELEASED) process.exit(0);
  });
});
lines.once('close', async () => {
  await atParentsEnd();
  process.exit(1);
});

async function runCommand({ command, cwd, env }: Duty & { readonly kind: 'command' }): Promise<void> {
  const [program = '', ...args] = command;
  const child = execa(program, args, {
    cwd,
    env,
    extendEnv: false,
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    // A group of its own, so that whatever it starts ends with it.
    detached: process.platform !== 'win32',
    cleanup: false,
  });
  atParentsEnd = async () => killTree(child.pid);
  const { exitCode, cause } = await child;
  killTree(child.pid);
  process.exit(isErrorCode(cause, 'ENOENT') ? NOT_FOUND_EXIT_CODE : (exitCode ?? 1));
}

async function removeForGood({ place, temporary }: Duty & { readonly kind: 'worktree' }): Promise<void> {
  for (let removal = 0; removal < REMOVALS; removal += 1) {
    if (removal > 0) await wait(BETWEEN_REMOVALS_MS);
    if (removal > 1 && !existsSync(temporary) && !existsSync(place.administration)) return;
    await removeWorktree(place).catch(() => undefined);
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}
