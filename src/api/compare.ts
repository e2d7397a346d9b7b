import type { Comparison } from '../compare/comparison.ts';
import type { StoredSidesOptions } from './options.ts';
import { loadingSides } from './request.ts';

/**
 * The efficiency gain between two stored reports, and what it is made of.
 *
 * @throws OutpaceError MISSING_REPORT or MALFORMED_REPORT
 */
export async function compare(options: StoredSidesOptions = {}): Promise<Comparison> {
  const { compare: compareReports } = await import('../workflow/compare.ts');
  const loading = await loadingSides(options);
  return compareReports({ ...loading, toleranceRatio: loading.tolerance });
}
