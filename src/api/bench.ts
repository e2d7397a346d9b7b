import { OutpaceError } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';
import { THIS_MACHINE, type World } from '../capture/world.ts';
import {
  type BenchMode,
  type BenchReport,
  DEFAULT_CONFIDENCE,
  type MetricName,
} from '../compare/bench-report.ts';
import type { NoiseReport } from '../compare/noise-report.ts';
import type { MeasuringOptions } from './options.ts';
import { duration, measuringOf, projectOf } from './request.ts';

interface PairsOptions extends MeasuringOptions {
  /** The largest difference that counts as none, a ratio; the settings' by default. */
  readonly tolerance?: number | undefined;
  /** Which metric decides: its verdict is the report's, and ends the measurement; `wall` by default. */
  readonly metric?: MetricName | undefined;
  /** What holds over all looks, a ratio; 0.95 by default. */
  readonly confidence?: number | undefined;
  /** Measures so many pairs, whatever they show. */
  readonly pairs?: number | undefined;
}

export interface BenchOptions extends PairsOptions {
  /** One, or several that are each compared with `before`; the settings' `after` by default. */
  readonly after?: string | readonly string[] | undefined;
  /** `cold`: one run per process; `steady`: repeated in it. By default `steady` for runs of less than 1 ms, else `cold`. */
  readonly mode?: BenchMode | 'both' | undefined;
  /** Spends the error as for a gate that looks rarely before the end, not as for a person who waits. */
  readonly forGate?: boolean | undefined;
}

/** A bench, and the file that it is stored in. */
export interface StoredBench {
  readonly report: BenchReport;
  readonly file: string;
}

export const DEFAULT_BUDGET_MS = 30 * MS_PER_S;

/**
 * Is it faster? Interleaved pairs of fresh processes, until the answer is clear or the time is spent.
 *
 * @throws OutpaceError OUTPUTS_DIFFER before anything is timed, unless that is allowed
 */
export async function bench(options?: BenchOptions): Promise<StoredBench>;
/** @internal */
export async function bench(options: BenchOptions | undefined, world: World): Promise<StoredBench>;
export async function bench(options: BenchOptions = {}, world: World = THIS_MACHINE): Promise<StoredBench> {
  const { bench: measure } = await import('../workflow/bench.ts');
  const { before, config, implementation, ...shared } = await measurement(options, world);
  const after = [];
  for (const name of [options.after ?? config.after].flat()) after.push(await implementation(name));
  const { report, file } = await measure({
    ...shared,
    ...modeOf({ mode: options.mode ?? null, includeImport: options.includeImport }, shared),
    before,
    after,
    plan: {
      confidenceLevel: options.confidence ?? DEFAULT_CONFIDENCE,
      spending: options.forGate === true ? 'obrien-fleming' : 'pocock',
      fixedPairs: options.pairs ?? null,
      leastPairs: 1,
    },
    outputs: shared.allowDifferentOutput ? 'may differ' : 'must be equal',
  });
  return { report, file };
}

export interface CalibrateOptions extends PairsOptions {
  readonly mode?: BenchMode | undefined;
}

export interface StoredNoise {
  readonly noise: NoiseReport;
  /** What a bench will use from now on: the one asked for, or the noise where that is larger. */
  readonly toleranceRatio: number;
  readonly file: string;
}

/** The machine's own noise: one implementation against itself for the whole budget, stored for later benches. */
export async function calibrate(options?: CalibrateOptions): Promise<StoredNoise>;
/** @internal */
export async function calibrate(options: CalibrateOptions | undefined, world: World): Promise<StoredNoise>;
export async function calibrate(
  options: CalibrateOptions = {},
  world: World = THIS_MACHINE,
): Promise<StoredNoise> {
  const { calibrate: measure } = await import('../workflow/calibrate.ts');
  const { config: _, implementation: __, ...shared } = await measurement(options, world);
  return measure({
    ...shared,
    ...modeOf({ mode: options.mode ?? 'cold', includeImport: options.includeImport }, shared),
    plan: {
      confidenceLevel: options.confidence ?? DEFAULT_CONFIDENCE,
      spending: 'pocock',
      fixedPairs: options.pairs ?? null,
      leastPairs: 1,
    },
  });
}

/** @throws OutpaceError USAGE if the import was asked for and there is none */
function modeOf<Mode extends BenchMode | 'both' | null>(
  { mode, includeImport }: { readonly mode: Mode; readonly includeImport: boolean | undefined },
  { includesImport }: { readonly includesImport: boolean },
): { readonly mode: Mode; readonly includesImport: boolean } {
  if (mode === null || mode === 'cold') return { mode, includesImport };
  if (includeImport === true)
    throw new OutpaceError('USAGE', 'the steady state has no import: --include-import goes with --mode cold');
  return { mode, includesImport: false };
}

async function measurement(options: PairsOptions, world: World) {
  const project = await projectOf(options);
  const { config, implementation } = project;
  return {
    ...measuringOf(project, options, world),
    config,
    implementation,
    before: await implementation(options.before ?? config.before),
    budgetMs: duration('budgetMs', options.budgetMs ?? DEFAULT_BUDGET_MS),
    toleranceRatio: options.tolerance ?? config.tolerance,
    metric: options.metric,
  };
}
