import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';
import { nonNegative, positive, quantity, whole } from './quantity.ts';
import { StoredOutputSchema } from './stored-output.ts';

/** The stored result of `outpace profile`: the narrow waist between measuring and everything that reads measurements. */
export const PROFILE_SCHEMA_VERSION = 1;

export const EstimateSchema = v.object({
  point: quantity,
  low: quantity,
  high: quantity,
  confidenceLevel: v.pipe(nonNegative, v.maxValue(1)),
});

/** Of what takes time: it divides. */
export const DurationSchema = v.object({ ...EstimateSchema.entries, point: positive });

const ThreadSchema = v.object({
  name: v.string(),
  wallMs: nonNegative,
  /** null: not known, where the platform does not tell. */
  cpuMs: v.nullable(nonNegative),
  waitingMs: v.nullable(nonNegative),
  samples: whole,
  /** From the start of the run on. */
  startMs: v.optional(nonNegative, 0),
  /** When it first ran a named function of the project or a package; null if it never did, or it is not known. */
  usefulMs: v.optional(v.nullable(nonNegative), null),
  /** Equal slices of the run; the part of each that the thread spent so, 0 to 1. */
  story: v.optional(
    v.nullable(
      v.object({
        running: v.array(nonNegative),
        idle: v.array(nonNegative),
        collecting: v.array(nonNegative),
        /** On a CPU, by the kernel's accounts; null where there are none. */
        onCpu: v.nullable(v.array(nonNegative)),
        /** On a CPU or in the queue for one. */
        ready: v.nullable(v.array(nonNegative)),
      }),
    ),
    null,
  ),
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
  /** Whether its source map lists its source as somebody else's. */
  ignored: v.optional(v.boolean(), false),
  /** Of parameters and body; null where it is not known, or too short to tell functions apart by. */
  body: v.optional(v.nullable(v.string()), null),
  recursive: v.boolean(),
  /** Of the median sampling run, summed over all threads; sampled wall time, waiting included. */
  selfMs: nonNegative,
  totalMs: nonNegative,
  /** One value per sampling run, in the order of `sampling.wallRunsMs`. */
  selfRunsMs: v.array(nonNegative),
  totalRunsMs: v.optional(v.array(nonNegative), []),
});

/** Of one run: the main thread's CPU time, and its time in the queue for a CPU. */
export const MainThreadSchema = v.object({
  cpuMs: nonNegative,
  runQueueMs: v.nullable(nonNegative),
});

/** How the work of a sampling run lay in time; `busyMs`: at least one thread was on a CPU. */
const WorkTimeSchema = v.object({
  cpuMs: nonNegative,
  mainCpuMs: nonNegative,
  busyMs: nonNegative,
  lowBusyMs: nonNegative,
  highBusyMs: nonNegative,
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

/** What a report says of its run before its figures. */
export const ProfileHeaderSchema = v.object({
  schemaVersion: v.literal(PROFILE_SCHEMA_VERSION),
  kind: v.literal('profile'),
  job: v.string(),
  implementation: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  environment: EnvironmentSchema,
  input: v.record(v.string(), v.unknown()),
});

const ProfileReportSchema = v.object({
  ...ProfileHeaderSchema.entries,
  timing: v.object({
    runsMs: v.pipe(v.array(positive), v.minLength(1)),
    wallMs: DurationSchema,
    /** Whether times and CPU times are from the first line of the import to the end of `run`. */
    includesImport: v.optional(v.boolean()),
    cpuRunsMs: v.pipe(v.array(nonNegative), v.minLength(1)),
    cpuMs: EstimateSchema,
    /** One of each timing run; null where the system does not tell, and in reports of before it was measured. */
    mainThreadRuns: v.optional(v.nullable(v.array(MainThreadSchema)), null),
    peakRssRunsBytes: v.pipe(v.array(whole), v.minLength(1)),
    peakRssBytes: EstimateSchema,
    importMs: EstimateSchema,
    /** 0 in reports of before it was measured. */
    setupMs: v.optional(EstimateSchema, { point: 0, low: 0, high: 0, confidenceLevel: 0 }),
  }),
  sampling: v.object({
    intervalUs: whole,
    wallRunsMs: v.pipe(v.array(nonNegative), v.minLength(1)),
    /** Which of the runs the functions, threads and .cpuprofile files are of. */
    medianRun: whole,
    sampledMs: nonNegative,
    /** Of each run; empty in reports of before it was stored. */
    sampledRunsMs: v.optional(v.array(nonNegative), []),
    /** Of each run; null where the system does not tell, and in reports of before it was stored. */
    workRuns: v.optional(v.nullable(v.array(WorkTimeSchema)), null),
    /** Of the median run, on the clock of its .cpuprofile files. */
    window: v.optional(v.object({ startUs: nonNegative, endUs: nonNegative })),
  }),
  threads: v.pipe(v.array(ThreadSchema), v.minLength(1)),
  /** CPU time that the process's other threads used in the median sampling run; null where nothing tells. */
  helpers: v.optional(v.nullable(v.array(v.object({ name: v.string(), cpuMs: nonNegative }))), null),
  /** Over all threads; null where the counts of one were lost, and then nobody's calls are known. */
  totalCalls: v.nullable(whole),
  functions: v.array(FunctionSchema),
  output: StoredOutputSchema,
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
