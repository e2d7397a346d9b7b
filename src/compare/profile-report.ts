import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';

/** The stored result of `outpace profile`: the narrow waist between measuring and everything that reads measurements. */
export const PROFILE_SCHEMA_VERSION = 1;

const finite = v.pipe(v.number(), v.finite());
const nonNegative = v.pipe(finite, v.minValue(0));
const positive = v.pipe(finite, v.gtValue(0));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const EstimateSchema = v.object({
  point: finite,
  low: finite,
  high: finite,
  confidenceLevel: v.pipe(finite, v.minValue(0), v.maxValue(1)),
});

const ThreadSchema = v.object({
  name: v.string(),
  wallMs: nonNegative,
  /** null: not known, where the platform does not tell. */
  cpuMs: v.nullable(nonNegative),
  waitingMs: v.nullable(nonNegative),
  samples: whole,
});

const FunctionSchema = v.object({
  name: v.string(),
  file: v.string(),
  line: whole,
  column: whole,
  /** V8's own entry or outpace's frame, not a function of the job. */
  engine: v.boolean(),
  calls: v.nullable(whole),
  primitiveCalls: v.nullable(whole),
  recursive: v.boolean(),
  /** Of the median sampling run, summed over all threads; sampled wall time, waiting included. */
  selfMs: nonNegative,
  totalMs: nonNegative,
  /** One value per sampling run, in the order of `sampling.wallRunsMs`. */
  selfRunsMs: v.array(nonNegative),
});

export const EnvironmentSchema = v.object({
  node: v.string(),
  v8: v.string(),
  platform: v.string(),
  cpu: v.string(),
  cores: whole,
  memoryBytes: whole,
  gitCommit: v.nullable(v.string()),
});

const ProfileReportSchema = v.object({
  schemaVersion: v.literal(PROFILE_SCHEMA_VERSION),
  kind: v.literal('profile'),
  job: v.string(),
  implementation: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  environment: EnvironmentSchema,
  input: v.record(v.string(), v.unknown()),
  timing: v.object({
    runsMs: v.pipe(v.array(positive), v.minLength(1)),
    wallMs: EstimateSchema,
    cpuRunsMs: v.pipe(v.array(nonNegative), v.minLength(1)),
    cpuMs: EstimateSchema,
    peakRssRunsBytes: v.pipe(v.array(whole), v.minLength(1)),
    peakRssBytes: EstimateSchema,
    importMs: EstimateSchema,
    setupMs: EstimateSchema,
  }),
  sampling: v.object({
    intervalUs: whole,
    wallRunsMs: v.pipe(v.array(nonNegative), v.minLength(1)),
    /** Which of the runs the functions, threads and .cpuprofile files are of. */
    medianRun: whole,
    sampledMs: nonNegative,
  }),
  threads: v.pipe(v.array(ThreadSchema), v.minLength(1)),
  totalCalls: whole,
  functions: v.array(FunctionSchema),
  output: v.object({ sha256: v.string(), sizeBytes: whole }),
  warnings: v.array(v.string()),
});

export type ProfileReport = v.InferOutput<typeof ProfileReportSchema>;
export type ReportFunction = v.InferOutput<typeof FunctionSchema>;
export type ReportThread = v.InferOutput<typeof ThreadSchema>;
export type Environment = v.InferOutput<typeof EnvironmentSchema>;

/**
 * A stored report, checked.
 *
 * @param source the file's name, for the error
 * @throws OutpaceError MALFORMED_REPORT naming the first field that is wrong
 */
export function parseProfileReport(raw: unknown, source: string): ProfileReport {
  const result = v.safeParse(ProfileReportSchema, raw);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const where = v.getDotPath(issue) ?? 'the whole';
  throw new OutpaceError(
    'MALFORMED_REPORT',
    `${source} is not an outpace profile report: ${where}: ${issue.message}`,
  );
}
