import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { interruption } from '../ending.ts';
import { startGuard } from './start-guard.ts';

const OUTPUT_TAIL_CHARS = 4000;
/** Something that a command left running may hold its output open for ever. */
const LAST_OUTPUT_MS = 500;

export interface GuardedCommand {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Runs a command that ends, with all that it started, when it is interrupted or when this process is gone.
 *
 * @returns its exit code, and the end of what it printed
 * @throws OutpaceError INTERRUPTED, when all of it is gone
 */
export async function runGuarded({ signal, ...command }: GuardedCommand) {
  if (signal.aborted) throw interruption();
  const guard = startGuard({ kind: 'command', ...command });
  let output = '';
  const streams = [guard.stdout, guard.stderr];
  for (const stream of streams)
    stream.on('data', (text: Buffer) => {
      output = (output + text.toString()).slice(-OUTPUT_TAIL_CHARS);
    });
  const closed = Promise.all(streams.map((stream) => once(stream, 'close')));
  const interrupted = (): void => void guard.abandon();
  signal.addEventListener('abort', interrupted);
  try {
    const exitCode = await guard.exited;
    if (signal.aborted) throw interruption();
    await Promise.race([closed, wait(LAST_OUTPUT_MS, undefined, { ref: false })]);
    return { exitCode, output: output.trim() };
  } finally {
    signal.removeEventListener('abort', interrupted);
    for (const stream of streams) stream.destroy();
  }
}
