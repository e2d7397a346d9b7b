import { accessSync, constants, statSync } from 'node:fs';
import { messageOf, OutpaceError } from '../base/errors.ts';

/**
 * A file that can be read from its start as often as needed.
 *
 * @param what it is for, such as `stdin`
 * @returns its path
 * @throws OutpaceError USAGE for a folder, a pipe, or what cannot be read
 */
export function readableFile(path: string, what: string): string {
  try {
    const stats = statSync(path);
    accessSync(path, constants.R_OK);
    if (stats.isFile() || stats.isCharacterDevice()) return path;
  } catch (error) {
    throw new OutpaceError('USAGE', `${what}: ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  throw new OutpaceError(
    'USAGE',
    `${what}: ${path} is not a file; each run reads it from the start, so a folder or a pipe will not do`,
  );
}
