import * as v from 'valibot';
import { type BenchMode, METRIC_NAMES, type MetricName } from './bench-report.ts';
import { DurationSchema, type Environment, EnvironmentSchema, EstimateSchema } from './profile-report.ts';
import { nonNegative } from './quantity.ts';

/** How far apart this machine measures two sides that are the same: what `bench --calibrate` stores. */
export const NoiseReportSchema = v.object({
  schemaVersion: v.literal(1),
  kind: v.literal('noise'),
  job: v.string(),
  implementation: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  environment: EnvironmentSchema,
  mode: v.picklist(['cold', 'steady']),
  metric: v.optional(v.picklist(METRIC_NAMES), 'wall'),
  pairs: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** The gain of the implementation over itself. */
  gainRatio: EstimateSchema,
  /** Of one of the two; missing in calibrations of before it was stored. */
  wallMs: v.exactOptional(DurationSchema),
  /** The largest difference, either way, that the measurement does not exclude. */
  noiseRatio: nonNegative,
  elapsedMs: nonNegative,
});

export type NoiseReport = v.InferOutput<typeof NoiseReportSchema>;

/** Whether noise measured there says anything about a measurement here. */
export function isOfSameKind(
  noise: NoiseReport,
  here: {
    readonly job: string;
    readonly mode: BenchMode;
    readonly metric: MetricName;
    readonly environment: Environment;
  },
): boolean {
  const machine = ({ cpu, cores, platform, node }: Environment) =>
    JSON.stringify([cpu, cores, platform, node]);
  return (
    noise.job === here.job &&
    noise.mode === here.mode &&
    noise.metric === here.metric &&
    machine(noise.environment) === machine(here.environment)
  );
}

/**
 * The smallest change that measuring for some time can show, half of the times: its interval must clear the tolerance.
 *
 * @returns a ratio
 */
export function smallestShownRatio(
  { gainRatio, pairs, elapsedMs }: NoiseReport,
  { budgetMs, toleranceRatio }: { readonly budgetMs: number; readonly toleranceRatio: number },
): number {
  const halfWidth = (gainRatio.high - gainRatio.low) / 2;
  const pairsThen = Math.max(1, (budgetMs / elapsedMs) * pairs);
  return toleranceRatio + halfWidth * Math.sqrt(pairs / pairsThen);
}
