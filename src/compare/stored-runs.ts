import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';
import type { Estimate } from '../stats/estimate.ts';
import type { BenchMode } from './bench-report.ts';
import { DurationSchema, type Environment, EnvironmentSchema } from './profile-report.ts';
import { positive } from './quantity.ts';

/** How long one implementation took, as a stored measurement says: of a profile its timing runs, of a bench one side. */
export interface StoredRun {
  readonly implementation: string;
  readonly kind: 'profile' | 'bench';
  readonly mode: BenchMode;
  readonly startedAt: string;
  readonly environment: Environment;
  readonly input: Readonly<Record<string, unknown>>;
  readonly wallMs: Estimate;
  /** Of each process that it was measured in. */
  readonly timesMs: readonly number[];
}

export interface StoredRuns {
  readonly job: string;
  readonly runs: readonly StoredRun[];
}

const header = {
  schemaVersion: v.literal(1),
  job: v.string(),
  startedAt: v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.check((text) => !Number.isNaN(Date.parse(text)), 'there is no such time'),
  ),
  environment: EnvironmentSchema,
  input: v.record(v.string(), v.unknown()),
};
const times = v.pipe(v.array(positive), v.minLength(1));
const ProfileRunSchema = v.object({
  ...header,
  kind: v.literal('profile'),
  implementation: v.string(),
  timing: v.object({ runsMs: times, wallMs: DurationSchema }),
});
const mode = v.picklist(['cold', 'steady']);
const result = {
  wallMs: v.object({ before: DurationSchema, after: DurationSchema }),
  pairs: v.pipe(v.array(v.object({ beforeMs: positive, afterMs: positive })), v.minLength(1)),
};
const benchHeader = { ...header, kind: v.literal('bench'), before: v.string() };
const BenchSchema = v.object({ ...benchHeader, after: v.string(), mode, ...result });
const BothModesSchema = v.object({
  ...benchHeader,
  after: v.string(),
  modes: v.object({ cold: v.object(result), steady: v.object(result) }),
});
const SeveralSchema = v.object({
  ...benchHeader,
  mode,
  comparisons: v.pipe(v.array(v.object({ after: v.string(), ...result })), v.minLength(1)),
});

/**
 * What a stored profile or bench says of how long its implementations took; nothing else of it is looked at.
 *
 * @param source the file's name, for the error
 * @throws OutpaceError MALFORMED_REPORT naming the first field that is wrong
 */
export function parseStoredRuns(raw: unknown, source: string): StoredRuns {
  const has = (key: string): boolean => typeof raw === 'object' && raw !== null && key in raw;
  if (has('modes')) return runsOfBothModes(parsed(BothModesSchema, raw, source));
  if (has('comparisons')) return runsOfSeveral(parsed(SeveralSchema, raw, source));
  if (has('pairs')) return runsOfBench(parsed(BenchSchema, raw, source));
  return runsOfProfile(parsed(ProfileRunSchema, raw, source));
}

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  raw: unknown,
  source: string,
): v.InferOutput<Schema> {
  const outcome = v.safeParse(schema, raw);
  if (outcome.success) return outcome.output;
  const issue = outcome.issues[0];
  const where = v.getDotPath(issue) ?? 'the whole';
  throw new OutpaceError(
    'MALFORMED_REPORT',
    `${source} is no profile or bench of outpace: ${where}: ${issue.message}`,
  );
}

function runsOfProfile(report: v.InferOutput<typeof ProfileRunSchema>): StoredRuns {
  const { job, kind, implementation, startedAt, environment, input, timing } = report;
  const { wallMs, runsMs } = timing;
  return {
    job,
    runs: [{ implementation, kind, mode: 'cold', startedAt, environment, input, wallMs, timesMs: runsMs }],
  };
}

function runsOfBench(report: v.InferOutput<typeof BenchSchema>): StoredRuns {
  return { job: report.job, runs: sidesOf(report, report) };
}

function runsOfBothModes({ modes, ...report }: v.InferOutput<typeof BothModesSchema>): StoredRuns {
  const { cold, steady } = modes;
  const runs = [
    ...sidesOf(report, { ...cold, after: report.after, mode: 'cold' }),
    ...sidesOf(report, { ...steady, after: report.after, mode: 'steady' }),
  ];
  return { job: report.job, runs };
}

function runsOfSeveral(report: v.InferOutput<typeof SeveralSchema>): StoredRuns {
  // `before` is the same run in each of them.
  const runs = report.comparisons.flatMap((one, index) => {
    const [before, after] = sidesOf(report, { ...one, mode: report.mode });
    return index === 0 ? [before, after] : [after];
  });
  return { job: report.job, runs };
}

interface Measured {
  readonly after: string;
  readonly mode: BenchMode;
  readonly wallMs: { readonly before: Estimate; readonly after: Estimate };
  readonly pairs: readonly { readonly beforeMs: number; readonly afterMs: number }[];
}

function sidesOf(
  {
    kind,
    before,
    startedAt,
    environment,
    input,
  }: Omit<v.InferOutput<typeof BothModesSchema>, 'modes' | 'after'>,
  { after, mode: measuredIn, wallMs, pairs }: Measured,
): [StoredRun, StoredRun] {
  const shared = { kind, mode: measuredIn, startedAt, environment, input };
  return [
    {
      ...shared,
      implementation: before,
      wallMs: wallMs.before,
      timesMs: pairs.map(({ beforeMs }) => beforeMs),
    },
    {
      ...shared,
      implementation: after,
      wallMs: wallMs.after,
      timesMs: pairs.map(({ afterMs }) => afterMs),
    },
  ];
}
