import { OutpaceError } from '../base/errors.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { Basis } from '../compare/recording-basis.ts';
import type { ProjectOptions } from './options.ts';
import { loadingSides, projectOf } from './request.ts';

export interface CompareOptions extends ProjectOptions {
  /**
   * A name, whose newest report is meant, or the file of a report or of a recording; the settings' `before` by default.
   * A list is of recordings, files or globs, of the same program in several processes or on several machines.
   */
  readonly before?: string | readonly string[] | undefined;
  readonly after?: string | readonly string[] | undefined;
  /** Gives a verdict although two reports are of different outputs. */
  readonly allowDifferentOutput?: boolean | undefined;
  /** What of several recordings is compared; what fits them by default. */
  readonly by?: Basis | undefined;
}

/**
 * The efficiency gain between two stored reports, or two sides of recordings, and what it is made of.
 *
 * @throws OutpaceError USAGE, MISSING_REPORT, MALFORMED_REPORT or MALFORMED_PROFILE
 */
export async function compare(options: CompareOptions = {}): Promise<Comparison> {
  const { before, after, by, allowDifferentOutput, ...project } = options;
  if (typeof before === 'object' && typeof after === 'object') {
    const { compareManyRecordings } = await import('../workflow/compare-recordings.ts');
    const { config } = await projectOf(project);
    return compareManyRecordings({
      cwd: project.cwd ?? process.cwd(),
      ...{ before, after, basis: by ?? null, toleranceRatio: config.tolerance },
    });
  }
  if (typeof before === 'object' || typeof after === 'object')
    throw new OutpaceError(
      'USAGE',
      'one side is a list of recordings and the other is none: name recordings for both',
    );
  if (by !== undefined)
    throw new OutpaceError('USAGE', 'time or shares can be chosen for lists of recordings alone');
  const { compare: compareReports } = await import('../workflow/compare.ts');
  const loading = await loadingSides({ ...project, before, after, allowDifferentOutput });
  return compareReports({ ...loading, toleranceRatio: loading.tolerance });
}
