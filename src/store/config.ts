import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { messageOf, OutpaceError } from '../base/errors.ts';

const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `outpace.config.${extension}`);

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const ConfigSchema = v.strictObject({
  /** What all implementations do; part of every file name. */
  job: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'expected letters, digits, . _ -'))),
  before: v.optional(v.string(), 'old'),
  after: v.optional(v.string(), 'new'),
  /** What `run` is given. */
  input: v.optional(v.record(v.string(), v.unknown()), {}),
  /** Whether two outputs are equal, where being the same bytes or the same value is not what is meant. */
  equal: v.optional(
    v.custom<(before: unknown, after: unknown) => boolean | Promise<boolean>>(
      (value) => typeof value === 'function',
      'expected a function',
    ),
  ),
  /** The largest difference that counts as none, a ratio. */
  tolerance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.02),
  profiles: v.optional(v.string(), 'profiles'),
  reports: v.optional(v.string(), 'reports'),
  /** Between two samples, µs. */
  interval: v.optional(v.pipe(positive, v.integer()), 500),
  /** Of one run, ms. */
  timeout: v.optional(positive, 300_000),
});

export type UserConfig = v.InferInput<typeof ConfigSchema>;
export type Config = v.InferOutput<typeof ConfigSchema> & {
  readonly job: string;
  /** null where there is none. */
  readonly file: string | null;
};

/**
 * The project's settings, or the defaults where there is no file.
 *
 * @throws OutpaceError MALFORMED_CONFIG naming the file and the key
 */
export async function loadConfig(root: string): Promise<Config> {
  const file = await firstThatExists(CONFIG_NAMES.map((name) => join(root, name)));
  const raw = file === undefined ? {} : await readConfig(file);
  // To valibot, a list is an object without settings.
  const result = v.safeParse(ConfigSchema, Array.isArray(raw) ? null : raw);
  if (!result.success) {
    const issue = result.issues[0];
    const key = v.getDotPath(issue) ?? 'default export';
    throw new OutpaceError('MALFORMED_CONFIG', `${file}: ${key}: ${issue.message}`);
  }
  return { ...result.output, job: result.output.job ?? (await defaultJob(root)), file: file ?? null };
}

async function readConfig(file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
    const module = await import(pathToFileURL(file).href);
    return module.default;
  } catch (error) {
    throw new OutpaceError('MALFORMED_CONFIG', `${file} cannot be loaded: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function defaultJob(root: string): Promise<string> {
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

async function firstThatExists(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    if (
      await stat(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

/**
 * The input with `key=value` pairs laid over it; a value is JSON where it parses as such, else text.
 *
 * @throws OutpaceError USAGE for a pair without `=`, or a key that a configured input does not have
 */
export function overrideInput(
  input: Record<string, unknown>,
  pairs: readonly string[],
): Record<string, unknown> {
  const known = Object.keys(input);
  const overrides = pairs.map((pair): [string, unknown] => {
    const at = pair.indexOf('=');
    if (at < 1) throw new OutpaceError('USAGE', `--input takes key=value, found ${JSON.stringify(pair)}`);
    const key = pair.slice(0, at);
    if (known.length > 0 && !known.includes(key)) {
      throw new OutpaceError('USAGE', `--input ${key}: the input of this job has ${known.join(', ')}`);
    }
    return [key, parseValue(pair.slice(at + 1))];
  });
  return { ...input, ...Object.fromEntries(overrides) };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The folders for results, absolute. */
export function absoluteFolders(root: string, { profiles, reports }: Pick<Config, 'profiles' | 'reports'>) {
  return { profilesDir: resolve(root, profiles), reportsDir: resolve(root, reports) };
}
