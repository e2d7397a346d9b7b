/**
 * Ends what a command has started when the command is gone, however it ended: a program of its own, whose standard input
 * ends when its parent does. Each line there is a process group: `+<pid>` when it was started, `-<pid>` when it is gone.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { killMarked, killTree } from './end-processes.ts';

const [token = ''] = process.argv.slice(2);
const groups = new Set<number>();

// A terminal's Ctrl-C reaches the whole group; the parent's end is what counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
createInterface({ input: process.stdin }).on('line', (line) => {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(pid);
  else groups.delete(pid);
});
process.stdin.on('end', endAll).on('error', endAll);
sayReady();

async function endAll(): Promise<void> {
  for (const pid of groups) killTree(pid);
  // Finds those, too, that were started but not yet registered.
  await killMarked(token, null);
}

function sayReady(): void {
  try {
    writeSync(1, 'ready\n');
  } catch {
    // The parent is gone, which standard input tells.
  }
}
