import { lstat, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import { plainCopy } from './plain-data.ts';

const EXTENSIONS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'] as const;
/** Formats of other tools' configs, in which somebody might expect ours to be read too. */
const UNSUPPORTED_EXTENSIONS = ['tsx', 'jsx', 'json5', 'jsonc', 'yaml', 'yml', 'toml'] as const;

/** Stands for the function `equal` of a config module; a text that nobody writes by chance. */
export const EQUAL_FUNCTION = '\u0000equal()';

/** Runs a config module, which is a program, and gives its settings as data, with `EQUAL_FUNCTION` for `equal`. */
export type ReadConfigModule = (file: string) => Promise<unknown>;

/**
 * The project's config file; null where there is none.
 *
 * @throws OutpaceError MALFORMED_CONFIG where there are several, or one that cannot be read
 */
export async function findConfigFile(root: string): Promise<string | null> {
  const [file, other] = await existing(root, EXTENSIONS);
  if (file !== undefined && other !== undefined)
    throw new OutpaceError('MALFORMED_CONFIG', `${root} has both ${file} and ${other}: keep one of them`);
  if (file !== undefined) return join(root, file);
  const [unsupported] = await existing(root, UNSUPPORTED_EXTENSIONS);
  if (unsupported === undefined) return null;
  const names = EXTENSIONS.map((extension) => `.${extension}`).join(', ');
  throw new OutpaceError(
    'MALFORMED_CONFIG',
    `${join(root, unsupported)} cannot be read: name it outpace.config with one of ${names}`,
  );
}

/** A dangling link counts too: reading it says what is wrong. */
async function existing(root: string, extensions: readonly string[]): Promise<string[]> {
  const names = extensions.map((extension) => `outpace.config.${extension}`);
  const found = await Promise.all(
    names.map((name) =>
      lstat(join(root, name)).then(
        () => true,
        (error) => !isErrorCode(error, 'ENOENT') && !isErrorCode(error, 'ENOTDIR'),
      ),
    ),
  );
  return names.filter((_, index) => found[index]);
}

/** @throws OutpaceError MALFORMED_CONFIG naming the file */
export async function readConfigFile(file: string, readModule: ReadConfigModule): Promise<unknown> {
  // Reading a pipe would wait for somebody to write to it.
  const kind = await stat(file).catch((error) => cannotLoad(file, messageOf(error), error));
  if (!kind.isFile()) return cannotLoad(file, kind.isDirectory() ? 'it is a folder' : 'it is not a file');
  if (!file.endsWith('.json')) return readModule(file);
  try {
    const text = await readFile(file, 'utf8');
    // JSON.parse accepts numbers that JSON does not give back, such as 1e999.
    return plainCopy(JSON.parse(text.replace(/^\uFEFF/, '')), { path: '' });
  } catch (error) {
    return cannotLoad(file, messageOf(error), error);
  }
}

function cannotLoad(file: string, why: string, cause?: unknown): never {
  throw new OutpaceError('MALFORMED_CONFIG', `${file} cannot be loaded: ${why}`, { cause });
}
