import { MS_PER_S } from '../base/units.ts';
import { THIS_MACHINE, type World } from '../capture/world.ts';
import type { Comparison } from '../compare/comparison.ts';
import { quickInput } from '../store/quick-input.ts';
import { DEFAULT_BUDGET_MS } from './bench.ts';
import type { MeasuringOptions } from './options.ts';
import { duration, measuringOf, projectOf } from './request.ts';

export interface GainOptions extends MeasuringOptions {
  readonly after?: string | undefined;
  /**
   * Six pairs in any case, at most 4 s of them unless `budgetMs` says otherwise, and one sampling run a side; with the
   * smaller input, budget or number of runs that the settings have under `quick`.
   */
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
const QUICK_SAMPLING_RUNS = 1;
// With four a side the interval of a function's difference reaches 95 %.
const SAMPLING_RUNS = 4;

/**
 * The main job: times both implementations interleaved, profiles both, and compares them.
 *
 * @throws OutpaceError OUTPUTS_DIFFER before anything is timed, unless that is allowed
 */
export async function gain(options?: GainOptions): Promise<Gain>;
/** @internal */
export async function gain(options: GainOptions | undefined, world: World): Promise<Gain>;
export async function gain(options: GainOptions = {}, world: World = THIS_MACHINE): Promise<Gain> {
  const { gain: measure } = await import('../workflow/gain.ts');
  const project = await projectOf(options);
  const { config, profilesDir } = project;
  const quick = options.quick ?? false;
  const input = quick ? { ...quickInput(config), ...options.input } : options.input;
  const usualBudgetMs = quick ? (config.quick.budget ?? QUICK_BUDGET_MS) : DEFAULT_BUDGET_MS;
  return measure({
    ...measuringOf(project, { ...options, input }, world),
    profilesDir,
    before: await project.implementation(options.before ?? config.before),
    after: await project.implementation(options.after ?? config.after),
    samplingRuns: quick ? (config.quick.samplingRuns ?? QUICK_SAMPLING_RUNS) : SAMPLING_RUNS,
    intervalUs: config.interval,
    budgetMs: duration('budgetMs', options.budgetMs ?? usualBudgetMs),
    toleranceRatio: config.tolerance,
  });
}
