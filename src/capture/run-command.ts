import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { interruption } from './ending.ts';
import { FOLLOWED, startFamily } from './process-family.ts';

const OUTPUT_TAIL_CHARS = 4000;
/** Something that was started with the same output may hold it open for ever. */
const LAST_OUTPUT_MS = 500;

export interface CommandOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface CommandResult {
  /** null: there is no such program. */
  readonly exitCode: number | null;
  /** The end of what it printed. */
  readonly output: string;
}

/**
 * Runs a command. When this settles, whatever it started is gone, too; the same when this process is killed.
 *
 * @throws OutpaceError INTERRUPTED
 */
export async function runCommand({ command, cwd, env, signal }: CommandOptions): Promise<CommandResult> {
  if (signal.aborted) throw interruption();
  const { execa } = await import('execa');
  const family = startFamily();
  await family.ready;
  const [program = '', ...args] = command;
  const child = execa(program, args, {
    cwd,
    env: { ...env, ...family.marker },
    ...FOLLOWED,
    stdin: 'ignore',
    all: true,
  });
  family.adopt(child.pid);
  signal.addEventListener('abort', family.kill);
  // It may have come while the guard was starting.
  if (signal.aborted) family.kill();
  let output = '';
  child.all?.on('data', (text: Buffer) => {
    output = (output + text.toString()).slice(-OUTPUT_TAIL_CHARS);
  });
  try {
    // Its output may stay open for longer.
    if (child.pid !== undefined) await once(child.nodeChildProcess, 'exit');
    await family.end();
    if (signal.aborted) throw interruption();
    const result = await Promise.race([child, sleep(LAST_OUTPUT_MS, null, { ref: false })]);
    return {
      exitCode: result?.code === 'ENOENT' ? null : (child.nodeChildProcess.exitCode ?? 1),
      output: output.trim(),
    };
  } finally {
    signal.removeEventListener('abort', family.kill);
    child.all?.destroy();
  }
}
