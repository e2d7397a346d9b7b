import { EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';

/** What a command may take to end its children and keep what is complete. */
const GRACE_MS = 800;
/** npm passes on a Ctrl-C that the terminal has already sent to the whole group: so soon, a second one is the same. */
const REPEATED_WITHIN_MS = 300;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const interruption = new AbortController();
/** Aborted by the first signal that comes while a command has something to end or to clean up. */
export const interrupted: AbortSignal = interruption.signal;

/**
 * Waits for work that a signal ends, within a second of it. At any other time a signal ends the process as it ends any
 * other, since there is nothing to clean up.
 *
 * @param end ends at once what does not end by itself, and cleans up; then the process ends
 */
export async function untilInterrupted<Value>(
  work: Promise<Value>,
  { end, graceMs = GRACE_MS }: { readonly end: () => void; readonly graceMs?: number },
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  let firstAtMs: number | null = null;
  const endNow = (): never => {
    end();
    process.stderr.write('interrupted\n');
    process.exit(EXIT_CODES.INTERRUPTED);
  };
  const hear = (): void => {
    const atMs = process.uptime() * MS_PER_S;
    if (firstAtMs === null) {
      firstAtMs = atMs;
      interruption.abort(new OutpaceError('INTERRUPTED', 'interrupted'));
      if (graceMs === 0) endNow();
      timer = setTimeout(endNow, graceMs);
    } else if (atMs - firstAtMs > REPEATED_WITHIN_MS) endNow();
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    for (const signal of SIGNALS) process.off(signal, hear);
  }
}
