/** Runs inside the process that imports a config, never in outpace itself. */
import { pathToFileURL } from 'node:url';
import { OutpaceError } from '../base/errors.ts';
import { EQUAL_FUNCTION } from './config-file.ts';
import { pathOf, plainCopy } from './plain-data.ts';

/**
 * The object that a config exports by default; a promise of one is awaited.
 *
 * @throws OutpaceError MALFORMED_CONFIG where it exports none, and whatever the module throws itself
 */
export async function importConfig(file: string): Promise<Record<string, unknown>> {
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const value = await defaultExport(module);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  const remedy = 'write export default { … }, or module.exports = { … } in a CommonJS file';
  if (value === undefined) {
    const names = Object.keys(module).filter((name) => name !== 'default' && name !== 'module.exports');
    const instead = names.length === 0 ? '' : ` (it exports ${names.join(', ')})`;
    throw new OutpaceError('MALFORMED_CONFIG', `it has no default export${instead}: ${remedy}`);
  }
  const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
  throw new OutpaceError(
    'MALFORMED_CONFIG',
    `its default export is ${found}, not an object of settings: ${remedy}`,
  );
}

/** TypeScript compiled to CommonJS exports `{ __esModule: true, default: … }`. */
function defaultExport(module: Record<string, unknown>): unknown {
  const value = module.default;
  const isCompiled =
    typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value;
  return isCompiled ? value.default : value;
}

/** @throws OutpaceError MALFORMED_INPUT for anything but data and `equal` functions */
export function settingsOf(config: Readonly<Record<string, unknown>>): unknown {
  const { jobs } = config;
  const jobNames = typeof jobs === 'object' && jobs !== null ? Object.keys(jobs) : [];
  const equalPaths = new Set(['equal', ...jobNames.map((name) => pathOf(pathOf('jobs', name), 'equal'))]);
  return plainCopy(config, {
    path: '',
    standIn: (value, path) =>
      typeof value === 'function' && equalPaths.has(path) ? EQUAL_FUNCTION : undefined,
  });
}

/**
 * The function `equal` of a job, or the one that all jobs share.
 *
 * @throws OutpaceError MALFORMED_CONFIG where there is none
 */
export function equalOf(
  config: Readonly<Record<string, unknown>>,
  job: string,
): (before: unknown, after: unknown) => unknown {
  const jobs: object = typeof config.jobs === 'object' && config.jobs !== null ? config.jobs : {};
  const own: unknown = Object.hasOwn(jobs, job) ? Reflect.get(jobs, job) : undefined;
  const ownEqual = typeof own === 'object' && own !== null ? Reflect.get(own, 'equal') : undefined;
  const equal: unknown = ownEqual ?? config.equal;
  if (typeof equal === 'function') return (before, after) => equal(before, after);
  throw new OutpaceError('MALFORMED_CONFIG', `the config no longer has a function equal for the job ${job}`);
}
