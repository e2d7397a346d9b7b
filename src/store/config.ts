import { access, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { parseUserConfig } from './config-schema.ts';
import { attempt, errnoOf } from './failure.ts';
import { isRecord } from './is-record.ts';
import { parseJson } from './parse-json.ts';

const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `outpace.config.${extension}`);
const LONGEST_JOB = 100;

/** The configuration with every default filled in. */
export interface Config {
  /** Fit for file names: only `[A-Za-z0-9._-]`. */
  readonly job: string;
  readonly before: string;
  readonly after: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly toleranceRatio: number;
  /** Absolute. */
  readonly profilesDir: string;
  /** Absolute. */
  readonly reportsDir: string;
  readonly intervalUs: number;
  readonly timeoutMs: number;
}

/**
 * The configuration of a folder: of the first `outpace.config.*` in it, or the defaults.
 *
 * @throws OutpaceError MALFORMED_CONFIG naming the file and the key
 */
export async function loadConfig(root: string): Promise<Config> {
  const folder = resolve(root);
  const file = await configFileOf(folder);
  const user = file === null ? {} : parseUserConfig(await loadRaw(file), file);
  return {
    job: fileNamePart(user.job ?? (await packageNameOf(folder)) ?? basename(folder)),
    before: user.before ?? 'old',
    after: user.after ?? 'new',
    input: user.input ?? {},
    toleranceRatio: user.tolerance ?? 0.02,
    profilesDir: resolve(folder, user.profiles ?? 'profiles'),
    reportsDir: resolve(folder, user.reports ?? 'reports'),
    intervalUs: user.interval ?? 500,
    timeoutMs: user.timeout ?? 300_000,
  };
}

async function configFileOf(folder: string): Promise<string | null> {
  for (const name of CONFIG_FILES) {
    const file = join(folder, name);
    if (await attempt('read', file, () => exists(file))) return file;
  }
  return null;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

async function loadRaw(file: string): Promise<unknown> {
  if (file.endsWith('.json')) {
    const text = await attempt('read', file, () => readFile(file, 'utf8'));
    try {
      return parseJson(text);
    } catch (cause) {
      throw new OutpaceError('MALFORMED_CONFIG', `${file} is not JSON: ${messageOf(cause)}`, { cause });
    }
  }
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(file).href);
    return module.default;
  } catch (cause) {
    throw new OutpaceError('MALFORMED_CONFIG', `${file} could not be loaded: ${messageOf(cause)}`, { cause });
  }
}

/** The name in the folder's package.json; null where there is none, whatever the reason: it is only a default. */
async function packageNameOf(folder: string): Promise<string | null> {
  try {
    const raw = parseJson(await readFile(join(folder, 'package.json'), 'utf8'));
    return isRecord(raw) && typeof raw.name === 'string' && raw.name !== '' ? raw.name : null;
  } catch {
    return null;
  }
}

/** `@scope/name` → `scope-name`: only what every file system takes, not hidden, not endless, never empty. */
function fileNamePart(name: string): string {
  const safe = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, LONGEST_JOB)
    .replace(/-+$/, '');
  return safe === '' ? 'job' : safe;
}
