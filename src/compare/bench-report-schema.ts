import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';
import type { BenchReport } from './bench-report.ts';
import { DurationSchema, EnvironmentSchema, EstimateSchema, MainThreadSchema } from './profile-report.ts';
import { nonNegative, positive, quantity } from './quantity.ts';

const both = v.object({ before: EstimateSchema, after: EstimateSchema });

const VerdictSchema = v.variant('kind', [
  v.object({ kind: v.literal('faster') }),
  v.object({ kind: v.literal('slower') }),
  v.object({ kind: v.literal('unchanged'), toleranceRatio: nonNegative }),
  v.object({ kind: v.literal('inconclusive'), remedy: v.string() }),
]);

const result = {
  gainRatio: EstimateSchema,
  verdict: VerdictSchema,
  pairs: v.pipe(
    v.array(
      v.object({
        beforeMs: positive,
        afterMs: positive,
        first: v.picklist(['before', 'after']),
        beforeCpuMs: nonNegative,
        afterCpuMs: nonNegative,
        beforePeakRssBytes: nonNegative,
        afterPeakRssBytes: nonNegative,
        beforeMainThread: v.exactOptional(v.nullable(MainThreadSchema)),
        afterMainThread: v.exactOptional(v.nullable(MainThreadSchema)),
      }),
    ),
    v.minLength(1),
  ),
  wallMs: v.object({ before: DurationSchema, after: DurationSchema }),
  cpuMs: both,
  peakRssBytes: both,
  cpuGainRatio: v.nullable(EstimateSchema),
  peakRssGainRatio: EstimateSchema,
  bootstrapGainRatio: EstimateSchema,
  pairsToSettle: v.nullable(nonNegative),
  warnings: v.array(v.string()),
};

const header = {
  schemaVersion: v.literal(1),
  kind: v.literal('bench'),
  job: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  environment: EnvironmentSchema,
  input: v.record(v.string(), v.unknown()),
  seed: quantity,
  toleranceRatio: nonNegative,
  before: v.string(),
  outputsEqual: v.boolean(),
  stoppedBy: v.picklist(['settled', 'pairs', 'budget', 'interrupted', 'failed', 'running']),
  elapsedMs: nonNegative,
};

const warnings = v.array(v.string());
const MODES = ['cold', 'steady'] as const;
const BenchReportSchema = v.union([
  v.object({
    ...header,
    after: v.string(),
    mode: v.literal('both'),
    modes: v.object({ cold: v.object(result), steady: v.object(result) }),
    warnings,
  }),
  v.object({ ...header, after: v.string(), mode: v.picklist(MODES), ...result }),
  v.object({
    ...header,
    mode: v.picklist(MODES),
    comparisons: v.pipe(v.array(v.object({ after: v.string(), ...result })), v.minLength(1)),
    warnings,
  }),
]);

/**
 * A stored bench, checked.
 *
 * @param source the file's name, for the error
 * @throws OutpaceError MALFORMED_REPORT naming the first field that is wrong
 */
export function parseBenchReport(raw: unknown, source: string): BenchReport {
  const parsed = v.safeParse(BenchReportSchema, raw);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const where = v.getDotPath(issue) ?? 'the whole';
  throw new OutpaceError('MALFORMED_REPORT', `${source} is not an outpace bench: ${where}: ${issue.message}`);
}
