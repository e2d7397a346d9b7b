import type { CheckReport } from '../compare/check-report.ts';
import { DEFAULT_BUDGET_MS } from './bench.ts';
import type { MeasuringOptions } from './options.ts';
import { measuringOf, projectOf } from './request.ts';

export interface CheckOptions extends MeasuringOptions {
  /** The settings' `after` by default: it is compared with itself at another commit. */
  readonly after?: string | undefined;
  /** A git ref; the merge base with the default branch by default. */
  readonly against?: string | undefined;
  /** A ratio; the settings' `check.maxSlowdown`, or their tolerance, by default. */
  readonly maxSlowdown?: number | undefined;
  /** A ratio that `after` must stay faster than `before`; the settings' `check.minGain` by default, else not asked. */
  readonly minGain?: number | undefined;
}

/**
 * The gate: whether this tree is slower than another commit by more than is allowed, both measured interleaved here.
 *
 * @throws OutpaceError OUTPUTS_DIFFER, USAGE for a commit that is not there
 */
export async function check(options: CheckOptions = {}): Promise<CheckReport> {
  const { check: measure } = await import('../workflow/check.ts');
  const project = await projectOf(options);
  const { config } = project;
  return measure({
    ...measuringOf(project, options),
    before: options.before ?? config.before,
    after: options.after ?? config.after,
    rules: {
      maxSlowdown: options.maxSlowdown ?? config.check.maxSlowdown ?? config.tolerance,
      minGain: options.minGain ?? config.check.minGain ?? null,
    },
    against: options.against ?? null,
    budgetMs: options.budgetMs ?? DEFAULT_BUDGET_MS,
    implementationIn: (root, name) => project.implementation(name, root),
  });
}
