import type { BenchMode } from './bench-report.ts';

/** A run that is shorter is mostly compilation and cold caches when it is measured once per process. */
const SHORT_RUN_MS = 1;

/**
 * Cold, unless the user did not ask for a mode and every run is so short that only repeating it can measure it.
 *
 * @param asked null without `--mode`
 * @param coldMs of the first run of each side
 */
export function chosenMode<Asked extends BenchMode | 'both'>(
  asked: Asked | null,
  coldMs: readonly number[],
): { readonly mode: Asked | BenchMode; readonly note: string | null } {
  if (asked !== null) return { mode: asked, note: null };
  if (coldMs.length === 0 || coldMs.some((ms) => ms >= SHORT_RUN_MS)) return { mode: 'cold', note: null };
  return {
    mode: 'steady',
    note: `a run takes less than ${SHORT_RUN_MS} ms, so it is repeated in each process (--mode steady); --mode cold measures first runs`,
  };
}
