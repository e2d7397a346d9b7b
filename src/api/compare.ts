import type { Comparison } from '../compare/comparison.ts';
import type { ProjectOptions } from './options.ts';
import { loadingOf } from './request.ts';

export interface CompareOptions extends ProjectOptions {
  /** A name, whose newest report is meant, or a report's file; the settings' `before` by default. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/**
 * The efficiency gain between two stored reports, and what it is made of.
 *
 * @throws OutpaceError MISSING_REPORT or MALFORMED_REPORT
 */
export async function compare(options: CompareOptions = {}): Promise<Comparison> {
  const { compare: compareReports } = await import('../workflow/compare.ts');
  const loading = await loadingOf(options);
  return compareReports({
    ...loading,
    before: options.before ?? loading.before,
    after: options.after ?? loading.after,
    toleranceRatio: loading.tolerance,
  });
}
