import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';
import { type BenchReport, DEFAULT_CONFIDENCE, METRIC_NAMES } from './bench-report.ts';
import { DurationSchema, EnvironmentSchema, EstimateSchema, MainThreadSchema } from './profile-report.ts';
import { nonNegative, positive, quantity } from './quantity.ts';
import { withMetrics } from './stored-metrics.ts';

const both = v.object({ before: EstimateSchema, after: EstimateSchema });

const VerdictSchema = v.variant('kind', [
  v.object({ kind: v.literal('faster') }),
  v.object({ kind: v.literal('slower') }),
  v.object({ kind: v.literal('unchanged'), toleranceRatio: nonNegative }),
  v.object({ kind: v.literal('inconclusive'), remedy: v.string(), reason: v.exactOptional(v.string()) }),
]);

const MetricSchema = (unit: 'ms' | 'bytes') =>
  v.object({
    unit: v.literal(unit),
    better: v.literal('lower'),
    before: EstimateSchema,
    after: EstimateSchema,
    gainRatio: v.nullable(EstimateSchema),
    meanGainRatio: v.nullable(quantity),
    verdict: VerdictSchema,
    pairsToSettle: v.nullable(nonNegative),
  });

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
        beforeImportMs: v.optional(nonNegative),
        afterImportMs: v.optional(nonNegative),
        beforeSetupMs: v.optional(nonNegative),
        afterSetupMs: v.optional(nonNegative),
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
  /** Missing, with `metrics`, in reports of before there were verdicts on each metric. */
  meanGainRatio: v.optional(quantity),
  metrics: v.optional(
    v.object({ wall: MetricSchema('ms'), cpu: MetricSchema('ms'), memory: MetricSchema('bytes') }),
  ),
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
  metric: v.optional(v.picklist(METRIC_NAMES), 'wall'),
  confidenceLevel: v.optional(v.pipe(positive, v.maxValue(1)), DEFAULT_CONFIDENCE),
  before: v.string(),
  includesImport: v.optional(v.boolean()),
  outputsEqual: v.boolean(),
  stoppedBy: v.picklist(['settled', 'pairs', 'budget', 'interrupted', 'failed', 'running']),
  elapsedMs: nonNegative,
  clockFloorNs: v.exactOptional(positive),
  modeNote: v.exactOptional(v.string()),
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
  if (parsed.success) return completed(parsed.output);
  const issue = parsed.issues[0];
  const where = v.getDotPath(issue) ?? 'the whole';
  throw new OutpaceError('MALFORMED_REPORT', `${source} is not an outpace bench: ${where}: ${issue.message}`);
}

/** Reports of before there were verdicts on each metric are given them, from their pairs. */
function completed(report: v.InferOutput<typeof BenchReportSchema>): BenchReport {
  const [first = []] =
    'modes' in report
      ? [report.modes.cold.pairs]
      : 'comparisons' in report
        ? report.comparisons.map(({ pairs }) => pairs)
        : [report.pairs];
  const { toleranceRatio, elapsedMs } = report;
  const question = { toleranceRatio, pairMs: elapsedMs / Math.max(1, first.length) };
  if ('modes' in report) {
    const { cold, steady } = report.modes;
    return { ...report, modes: { cold: withMetrics(cold, question), steady: withMetrics(steady, question) } };
  }
  if ('comparisons' in report)
    return { ...report, comparisons: report.comparisons.map((one) => withMetrics(one, question)) };
  return { ...report, ...withMetrics(report, question) };
}
