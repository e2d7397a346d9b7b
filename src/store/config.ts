import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';
import { METRIC_NAMES } from '../compare/bench-report.ts';
import { IMPLEMENTATIONS_FROM } from '../compare/check-report.ts';
import { EQUAL_FUNCTION, findConfigFile, type ReadConfigModule, readConfigFile } from './config-file.ts';
import { DEPENDENCY_CHOICES } from './dependencies.ts';
import { pathOf, plainCopy } from './plain-data.ts';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
/** (after − before) / before, at most. */
const growth = v.pipe(v.number(), v.finite(), v.minValue(0));
const nameInFiles = v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'expected letters, digits, . _ -'));
/** What each job may set for itself. */
const jobSettings = {
  before: v.optional(v.string()),
  after: v.optional(v.string()),
  /** What `run` is given. */
  input: v.optional(
    // Not a record, which would drop a key such as `constructor`.
    v.custom<Readonly<Record<string, unknown>>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'expected an object',
    ),
  ),
  /** By name: a module or folder (a path that starts with a dot, relative to the config), or an installed package. */
  implementations: v.optional(v.record(nameInFiles, v.pipe(v.string(), v.nonEmpty()))),
  /** Passed to the Node that runs an implementation, such as `--import tsx`. */
  nodeOptions: v.optional(v.array(v.string())),
  /** A file that every run reads from its standard input, relative to the config. */
  stdin: v.optional(v.nullable(v.pipe(v.string(), v.nonEmpty()))),
  /** Variables, or options of NODE_OPTIONS, that would disturb a measurement and are passed on all the same; `NYC_*` means all that begin like this. */
  keepEnvironment: v.optional(v.array(v.pipe(v.string(), v.nonEmpty()))),
  /** Whether two outputs are equal, where being the same bytes or the same value is not what is meant. */
  equal: v.optional(v.literal(EQUAL_FUNCTION, 'expected a function')),
  /** The largest difference that counts as none, a ratio. */
  tolerance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  /** Whether bench, gain and check time from the first line of the import to the end of `run`. */
  includeImport: v.optional(v.boolean()),
  /** What `outpace check` demands, ratios. */
  check: v.optional(
    v.strictObject({
      maxSlowdown: v.optional(growth),
      minGain: v.optional(v.pipe(v.number(), v.maxValue(1))),
      maxMemory: v.optional(growth),
      /** What decides about maxSlowdown and minGain of the whole job. */
      metric: v.optional(v.picklist(METRIC_NAMES)),
      /** Growth of import and setup. */
      maxImport: v.optional(growth),
      /** Of the calls of every function, and of all together. */
      maxCalls: v.optional(growth),
      /** How the other commit gets its packages. */
      dependencies: v.optional(v.picklist(DEPENDENCY_CHOICES)),
      /** Whose implementation is run with the other commit's sources. */
      implementationFrom: v.optional(v.picklist(IMPLEMENTATIONS_FROM)),
      /** By a pattern of functions: `name`, or `file:name`, with `*`, `**` and `?`. */
      functions: v.optional(
        v.record(
          v.pipe(v.string(), v.nonEmpty()),
          v.strictObject({ maxSlowdown: v.optional(growth), maxCalls: v.optional(growth) }),
        ),
      ),
      /** By a package's name: the largest part of the sampled time that it may take. */
      packages: v.optional(
        v.record(
          v.pipe(v.string(), v.nonEmpty()),
          v.strictObject({ maxShare: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
        ),
      ),
    }),
  ),
  /** What `--quick` means for this job: values laid over `input`, and how little is measured. */
  quick: v.optional(
    v.strictObject({
      input: v.optional(v.record(v.string(), v.unknown())),
      /** The longest that the pairs may be timed, ms. */
      budget: v.optional(positive),
      /** Of each side. */
      samplingRuns: v.optional(v.pipe(positive, v.integer())),
    }),
  ),
  /** Which number of the input `outpace scale` varies, where there are several. */
  sizeKey: v.optional(v.pipe(v.string(), v.nonEmpty())),
  /** Between two samples, µs. */
  interval: v.optional(v.pipe(positive, v.integer())),
  /** Of one run, ms. */
  timeout: v.optional(positive),
};
const ConfigSchema = v.strictObject({
  /** What all implementations do; part of every file name. With `jobs`, the one that is meant without `--job`. */
  job: v.optional(nameInFiles),
  /** Several jobs by name; what one of them leaves out is as above it. */
  jobs: v.optional(v.record(nameInFiles, v.strictObject(jobSettings))),
  profiles: v.optional(v.string()),
  reports: v.optional(v.string()),
  ...jobSettings,
});

type Settings = v.InferOutput<typeof ConfigSchema>;
type JobSettings = NonNullable<Settings['jobs']>[string];
interface WithEqual {
  /** Whether two outputs are equal, where being the same bytes or the same value is not what is meant. */
  readonly equal?: ((before: unknown, after: unknown) => boolean | Promise<boolean>) | undefined;
}
/** As a config writes them. */
export type UserConfig = Omit<Settings, 'equal' | 'jobs'> &
  WithEqual & {
    /** Several jobs by name; what one of them leaves out is as above it. */
    readonly jobs?: Readonly<Record<string, Omit<JobSettings, 'equal'> & WithEqual>> | undefined;
  };
type Given<Values> = { [Key in keyof Values]-?: Exclude<Values[Key], undefined> };
/** The settings of one job. */
export type Config = Given<Omit<Settings, 'jobs' | 'equal' | 'sizeKey'>> &
  Pick<Settings, 'sizeKey'> & {
    /** null where there is none. */
    readonly file: string | null;
    /** Whether it says itself when two outputs are equal. */
    readonly hasEqual: boolean;
  };

const DEFAULTS = {
  before: 'old',
  after: 'new',
  input: {},
  implementations: {},
  nodeOptions: [],
  stdin: null,
  keepEnvironment: [],
  includeImport: false,
  check: {},
  quick: {},
  tolerance: 0.02,
  profiles: 'profiles',
  reports: 'reports',
  interval: 500,
  timeout: 300_000,
};

/**
 * The project's settings for one job, or the defaults where there is no file.
 *
 * @param jobName null: the only one there is, or the one that the settings name
 * @throws OutpaceError MALFORMED_CONFIG naming the file and the key, USAGE for a job that is not there
 */
export async function loadConfig(
  root: string,
  { jobName, readModule }: { readonly jobName: string | null; readonly readModule: ReadConfigModule },
): Promise<Config> {
  const file = await findConfigFile(root);
  const raw = file === null ? {} : await readConfigFile(file, readModule);
  // To valibot, an array is an object without settings.
  const result = v.safeParse(ConfigSchema, Array.isArray(raw) ? null : raw);
  if (!result.success) {
    const issue = result.issues[0];
    const key = v.getDotPath(issue) ?? 'default export';
    throw new OutpaceError('MALFORMED_CONFIG', `${file}: ${key}: ${issue.message}`);
  }
  const { jobs, equal, ...shared } = result.output;
  const job = await chosenJob(root, result.output, jobName);
  const { equal: ownEqual, ...own } = jobs?.[job] ?? {};
  const implementations = { ...shared.implementations, ...own.implementations };
  const config = { ...DEFAULTS, ...given(shared), ...given(own), implementations };
  return { ...config, job, file, hasEqual: (ownEqual ?? equal) !== undefined };
}

/** A setting that is `undefined` is as if it were not there. */
function given<Values extends object>(settings: Values): Partial<Given<Values>> {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Given<Values>>;
}

async function chosenJob(root: string, { job, jobs }: Settings, wanted: string | null): Promise<string> {
  const only = job ?? (await defaultJob(root));
  const known = jobs === undefined ? [only] : Object.keys(jobs);
  const chosen = wanted ?? (jobs === undefined ? only : (job ?? (known.length === 1 ? known[0] : undefined)));
  if (chosen !== undefined && known.includes(chosen)) return chosen;
  const names = known.map((name) => `'${name}'`).join(', ');
  throw new OutpaceError(
    'USAGE',
    chosen === undefined
      ? `which job? Say --job with one of ${names}`
      : `there is no job ${JSON.stringify(chosen)}; known here: ${names}`,
  );
}

/** The package's name as file names take it, or the folder's. */
export async function defaultJob(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8').catch(() => '{}');
  let name: unknown;
  try {
    name = JSON.parse(text).name;
  } catch {
    name = undefined;
  }
  return (
    (typeof name === 'string' && name !== '' ? name : basename(root))
      .replace(/[^\w.-]+/g, '-')
      .replace(/^-+/, '') || 'job'
  );
}

/**
 * The configured input with other values laid over it.
 *
 * @throws OutpaceError USAGE for a key that a configured input does not have, MALFORMED_INPUT for what JSON cannot hold
 */
export function overrideInput(
  input: Readonly<Record<string, unknown>>,
  overrides: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const known = Object.keys(input);
  const unknown = Object.keys(overrides).find((key) => known.length > 0 && !known.includes(key));
  if (unknown !== undefined) {
    throw new OutpaceError('USAGE', `input ${unknown}: the input of this job has ${known.join(', ')}`);
  }
  const given = Object.entries(overrides).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, plainCopy(value, { path: pathOf('input', key) })]],
  );
  return { ...input, ...Object.fromEntries(given) };
}
