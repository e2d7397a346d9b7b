import { EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';

/** What a command may take to end its children and keep what is complete. */
const GRACE_MS = 700;
/** What its thread may then take to stop: it cannot while it waits for a file that does not answer. */
const STOPPING_MS = 150;
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
 * @param options.end ends at once what does not end by itself, and cleans up; then the process ends
 */
export async function untilInterrupted<Value>(
  work: Promise<Value>,
  { end, graceMs = GRACE_MS }: { readonly end: () => Promise<void>; readonly graceMs?: number },
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  let firstAtMs: number | null = null;
  const stopListening = (): void => {
    clearTimeout(timer);
    for (const signal of SIGNALS) process.off(signal, hear);
  };
  const endNow = (signal: NodeJS.Signals): void => {
    process.stderr.write('interrupted\n');
    // Without a listener, a signal ends the process whatever else it waits for.
    stopListening();
    timer = setTimeout(() => process.kill(process.pid, signal), STOPPING_MS);
    void end().then(() => process.exit(EXIT_CODES.INTERRUPTED));
  };
  const hear = (signal: NodeJS.Signals): void => {
    const atMs = process.uptime() * MS_PER_S;
    if (firstAtMs === null) {
      firstAtMs = atMs;
      interruption.abort(new OutpaceError('INTERRUPTED', 'interrupted'));
      if (graceMs === 0) endNow(signal);
      else timer = setTimeout(() => endNow(signal), graceMs);
    } else if (atMs - firstAtMs > REPEATED_WITHIN_MS) endNow(signal);
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  try {
    return await work;
  } finally {
    stopListening();
  }
}
