import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';
import { BYTES_PER_GIB } from '../base/units.ts';
import { type CallRange, type CountedFunction, countKey, rangeOf } from './call-counts.ts';
import { isCounted } from './function-pattern.ts';
import { type Environment, EnvironmentSchema } from './profile-report.ts';
import { positive, whole } from './quantity.ts';
import { StoredOutputSchema } from './stored-output.ts';

const positives = v.pipe(v.array(positive), v.minLength(1));

const JobBaselineSchema = v.object({
  implementation: v.string(),
  input: v.record(v.string(), v.unknown()),
  environment: v.omit(EnvironmentSchema, ['gitCommit']),
  /** JavaScript threads, the main one among them. */
  threads: whole,
  output: StoredOutputSchema,
  /** Of each timing run. */
  peakRssBytes: positives,
  /** Each run's time over that of the reference work, run in the same moment. */
  timeOverReference: positives,
  /** How many runs the calls are of; 2 where it is not there. */
  countingRuns: v.optional(whole),
  /** Of each function that the job brings along, `file:name`; two numbers where runs differ, the least and the most. */
  calls: v.record(v.string(), v.union([whole, v.tuple([whole, whole])])),
});

const BaselineSchema = v.object({
  schemaVersion: v.literal(1),
  kind: v.literal('baseline'),
  jobs: v.record(v.string(), JobBaselineSchema),
});

/** What one job did when its baseline was made: what has no noise, and what can be carried over. */
export type JobBaseline = v.InferOutput<typeof JobBaselineSchema>;
/** A file made to be committed: one entry a job. */
export type Baseline = v.InferOutput<typeof BaselineSchema>;

export const EMPTY_BASELINE: Baseline = { schemaVersion: 1, kind: 'baseline', jobs: {} };

/** @throws OutpaceError MALFORMED_REPORT naming the first field that is wrong */
export function parseBaseline(raw: unknown, source: string): Baseline {
  const result = v.safeParse(BaselineSchema, raw);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new OutpaceError(
    'MALFORMED_REPORT',
    `${source} is not an outpace baseline: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`,
  );
}

/** As it is stored: keys in order, one function a line, lists of numbers on one line, so that a diff shows what changed. */
export function baselineText(baseline: Baseline): string {
  return `${lines(baseline, '')}\n`;
}

function lines(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return '{}';
  const inner = `${indent}  `;
  const rows = entries.map(([key, part]) => `${inner}${JSON.stringify(key)}: ${lines(part, inner)}`);
  return `{\n${rows.join(',\n')}\n${indent}}`;
}

/** The calls of the job's own functions and its packages', as they are stored; what was never called is left out. */
export function storedCalls(functions: readonly CountedFunction[]): JobBaseline['calls'] {
  return Object.fromEntries(
    functions.filter(isCounted).flatMap((row): [string, number | [number, number]][] => {
      const { low, high } = rangeOf([row]);
      if (high === 0) return [];
      return [[countKey(row), low === high ? low : [low, high]]];
    }),
  );
}

export function rangesIn({ calls }: JobBaseline): Map<string, CallRange> {
  return new Map(
    Object.entries(calls).map(([key, count]) =>
      typeof count === 'number'
        ? [key, { low: count, high: count }]
        : [key, { low: count[0], high: count[1] }],
    ),
  );
}

/** Which of a baseline's figures may fail a build here, and why the others may not. */
export interface BaselineTrust {
  /** How the machine differs, in words. */
  readonly differences: readonly string[];
  readonly calls: Trust;
  readonly memory: Trust;
  readonly time: Trust;
}

type Trust = { readonly mayFail: true } | { readonly mayFail: false; readonly why: string };

/**
 * Calls depend on the language (V8), and on the machine only by the number of threads; memory on the system too; time on
 * everything, so that another processor's is an indication and no more.
 */
export function trustOf(
  baseline: Pick<JobBaseline, 'environment' | 'threads'>,
  here: { readonly environment: Environment; readonly threads: number },
): BaselineTrust {
  const [then, now] = [baseline.environment, here.environment];
  const differing = (what: string, read: (of: JobBaseline['environment']) => string | number): string[] =>
    read(then) === read(now) ? [] : [`${what}: ${read(then)} in the baseline, ${read(now)} here`];
  const language = differing('V8', ({ v8 }) => v8.split('.').slice(0, 2).join('.'));
  const cores = differing('cores', (of) => of.cores);
  const system = differing('system', ({ platform }) => platform);
  const machine = [
    ...differing('processor', ({ cpu }) => cpu),
    ...differing('Node', ({ node }) => node),
    // Machines of one kind differ by what their firmware keeps.
    ...differing('memory in GiB', ({ memoryBytes }) => Math.round(memoryBytes / BYTES_PER_GIB)),
  ];
  const threaded = baseline.threads > 1 || here.threads > 1;
  return {
    differences: [...language, ...cores, ...system, ...machine],
    calls: trusted([...language, ...(threaded ? cores : [])]),
    memory: trusted([...language, ...cores, ...system]),
    time: trusted([...language, ...cores, ...system, ...machine]),
  };
}

function trusted(reasons: readonly string[]): Trust {
  return reasons.length === 0
    ? { mayFail: true }
    : { mayFail: false, why: `not comparable enough to fail a build (${reasons.join('; ')})` };
}
