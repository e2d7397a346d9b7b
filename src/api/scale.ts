import { OutpaceError } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';
import { THIS_MACHINE, type World } from '../capture/world.ts';
import type { ScaleReport } from '../compare/scale-report.ts';
import { overrideInput } from '../store/config.ts';
import type { MeasuringOptions } from './options.ts';
import { duration, measuringOf, projectOf } from './request.ts';

export interface ScaleOptions extends MeasuringOptions {
  readonly after?: string | undefined;
  /** Whole numbers above 0, at least two. */
  readonly sizes: readonly number[];
  /** Which number of the input is varied; the settings' `sizeKey` by default, else the only number there is. */
  readonly sizeKey?: string | undefined;
  /** Numbers of workers for the second implementation, given as `workers` in its input. */
  readonly workers?: readonly number[] | undefined;
}

const DEFAULT_BUDGET_MS = 60 * MS_PER_S;

/**
 * Both implementations over a sweep of sizes and of workers, interleaved; the cost of each as a line, where one overtakes
 * the other, and what more cores could bring.
 *
 * @throws OutpaceError USAGE for sizes or a key that cannot be swept, OUTPUTS_DIFFER
 */
export async function scale(options: ScaleOptions): Promise<{ report: ScaleReport; file: string }>;
/** @internal */
export async function scale(
  options: ScaleOptions,
  world: World,
): Promise<{ report: ScaleReport; file: string }>;
export async function scale(
  options: ScaleOptions,
  world: World = THIS_MACHINE,
): Promise<{ report: ScaleReport; file: string }> {
  const { scale: measure } = await import('../workflow/scale.ts');
  const project = await projectOf(options);
  const { config, implementation } = project;
  const measuring = measuringOf(project, options, world);
  const sizes = [...new Set(options.sizes)].toSorted((a, b) => a - b);
  if (sizes.length < 2)
    throw new OutpaceError('USAGE', 'a sweep needs at least two sizes: --sizes 100,1000,10000');
  if (options.workers !== undefined && !('workers' in measuring.input))
    throw new OutpaceError('USAGE', 'the input of this job has no workers to sweep');
  const sizeKey = options.sizeKey ?? config.sizeKey ?? sizeKeyOf(measuring.input);
  // Throws for a key that the job does not have.
  overrideInput(config.input, { [sizeKey]: 0 });
  return measure({
    ...measuring,
    before: await implementation(options.before ?? config.before),
    after: await implementation(options.after ?? config.after),
    sizeKey,
    sizes,
    workers: options.workers ?? null,
    budgetMs: duration('budgetMs', options.budgetMs ?? DEFAULT_BUDGET_MS),
  });
}

function sizeKeyOf(input: Readonly<Record<string, unknown>>): string {
  const numbers = Object.keys(input).filter((key) => typeof input[key] === 'number');
  const [only] = numbers;
  if (only !== undefined && numbers.length === 1) return only;
  throw new OutpaceError(
    'USAGE',
    only === undefined
      ? 'the input of this job has no number to vary: name the key with --key, or as sizeKey in the config'
      : `the input of this job has several numbers: name the one to vary, such as --key ${only}, or set sizeKey in the config (${numbers.join(', ')})`,
  );
}
