import { THIS_MACHINE, type World } from '../capture/world.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { StoredSidesOptions } from './options.ts';
import { loadingSides } from './request.ts';

/** A page that was written. */
export interface Report {
  readonly file: string;
  readonly comparison: Comparison;
  /** The pairs that the gain is of; null where the two profiles' own runs were compared. */
  readonly benchFile: string | null;
}

/**
 * Writes one self-contained HTML file that shows two stored runs, and the newest bench of the two that fits them.
 *
 * @throws OutpaceError MISSING_REPORT, MALFORMED_REPORT, MALFORMED_PROFILE, STORE_FAILED, or MISSING_PACKAGE where the page was not built
 */
export async function report(options?: StoredSidesOptions): Promise<Report>;
/** @internal */
export async function report(
  options: StoredSidesOptions | undefined,
  world: Pick<World, 'now'>,
): Promise<Report>;
export async function report(
  options: StoredSidesOptions = {},
  world: Pick<World, 'now'> = THIS_MACHINE,
): Promise<Report> {
  const { report: write } = await import('../workflow/report.ts');
  const loading = await loadingSides(options);
  return write({ ...loading, world, toleranceRatio: loading.tolerance });
}

/**
 * Shows a file in the browser.
 *
 * @throws OutpaceError TOOL_FAILED where none can be started
 */
export async function openInBrowser(file: string): Promise<void> {
  const { openInBrowser: open } = await import('../capture/tools/browser.ts');
  await open(file);
}
