/**
 * Removes a git worktree when whoever made it is gone: a program of its own, whose standard input ends when its parent
 * does, however that ended. On the ordinary way the worktree is gone by then, and nothing is left to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

const [root = '', folder = ''] = process.argv.slice(2);

// A terminal's Ctrl-C reaches the whole group; the parent's end is what counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.on('end', removeWorktree).resume();

function removeWorktree(): void {
  if (!existsSync(folder)) return;
  // The folder above is that of the measurement, and holds nothing else.
  rmSync(dirname(folder), { recursive: true, force: true, maxRetries: 5 });
  spawnSync('git', ['worktree', 'prune'], { cwd: root, stdio: 'ignore' });
}
