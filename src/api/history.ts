import type { HistoryReport } from '../compare/history.ts';
import type { ProjectOptions } from './options.ts';
import { loadingOf } from './request.ts';

export interface HistoryOptions extends ProjectOptions {
  /** All of the job's by default. */
  readonly implementation?: string | undefined;
  /** Runs of before it are left out. */
  readonly since?: Date | undefined;
  /** The most runs of one line, the newest; 30 by default. */
  readonly limit?: number | undefined;
}

export const DEFAULT_HISTORY_LIMIT = 30;

/**
 * How long the kept runs took over time: a line for each implementation, input, machine and mode.
 *
 * @throws OutpaceError MISSING_REPORT where there is none
 */
export async function history(options: HistoryOptions = {}): Promise<HistoryReport> {
  const { history: gather } = await import('../workflow/history.ts');
  const { job, reportsDir, tolerance } = await loadingOf(options);
  return gather({
    job,
    reportsDir,
    toleranceRatio: tolerance,
    implementation: options.implementation ?? null,
    since: options.since ?? null,
    limit: options.limit ?? DEFAULT_HISTORY_LIMIT,
  });
}
