import { MS_PER_S } from '../base/units.ts';
import type { Comparison } from '../compare/comparison.ts';
import { DEFAULT_BUDGET_MS } from './bench.ts';
import type { MeasuringOptions } from './options.ts';
import { duration, measuringOf, projectOf } from './request.ts';

export interface GainOptions extends MeasuringOptions {
  readonly after?: string | undefined;
  /** Six pairs and one sampling run a side; 10,000 users where the job has users. */
  readonly quick?: boolean | undefined;
}

export interface Gain {
  readonly comparison: Comparison;
  /** The pairs. */
  readonly benchFile: string;
  /** One HTML file that shows it; null where the page was not built, as a warning then says. */
  readonly reportFile: string | null;
}

const QUICK_BUDGET_MS = 4 * MS_PER_S;
const QUICK_INPUT = { users: 10_000 };

/**
 * The main job: times both implementations interleaved, profiles both, and compares them.
 *
 * @throws OutpaceError OUTPUTS_DIFFER before anything is timed, unless that is allowed
 */
export async function gain(options: GainOptions = {}): Promise<Gain> {
  const { gain: measure } = await import('../workflow/gain.ts');
  const project = await projectOf(options);
  const { config, profilesDir } = project;
  const quick = options.quick ?? false;
  const quickInput = quick && 'users' in config.input ? QUICK_INPUT : {};
  return measure({
    ...measuringOf(project, { ...options, input: { ...quickInput, ...options.input } }),
    profilesDir,
    before: await project.implementation(options.before ?? config.before),
    after: await project.implementation(options.after ?? config.after),
    // With four a side the interval of a function's difference reaches 95 %.
    samplingRuns: quick ? 1 : 4,
    intervalUs: config.interval,
    budgetMs: quick ? QUICK_BUDGET_MS : duration('budgetMs', options.budgetMs ?? DEFAULT_BUDGET_MS),
    toleranceRatio: config.tolerance,
  });
}
