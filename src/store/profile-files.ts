import { glob, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';

/**
 * The files that names and patterns stand for, each once, a pattern's in the order of their names.
 *
 * @param cwd what they are relative to
 * @param patterns files, or globs such as `runs/*.cpuprofile` where no file is called so
 * @throws OutpaceError MISSING_REPORT where there is no such file, or a pattern matches none; USAGE for a folder
 */
export async function profileFiles(cwd: string, patterns: readonly string[]): Promise<ProfileFile[]> {
  const files = new Map<string, ProfileFile>();
  for (const pattern of patterns) {
    for (const file of await filesOf(cwd, pattern)) {
      const real = await realpath(file);
      if (!files.has(real)) files.set(real, { file, real });
    }
  }
  return [...files.values()];
}

export interface ProfileFile {
  /** Absolute. */
  readonly file: string;
  /** Without symbolic links, by which two names of one file are told. */
  readonly real: string;
}

async function filesOf(cwd: string, pattern: string): Promise<string[]> {
  const kind = await kindOf(resolve(cwd, pattern));
  if (kind === 'file') return [resolve(cwd, pattern)];
  if (kind === 'folder')
    throw new OutpaceError(
      'USAGE',
      `${pattern} is a folder: name its profiles, such as '${pattern.replace(/\/$/, '')}/*.cpuprofile'`,
    );
  if (!/[*?[\]{}]/.test(pattern))
    throw new OutpaceError('MISSING_REPORT', `${pattern} cannot be read: there is no such file`);
  const found: string[] = [];
  for await (const name of glob(pattern, { cwd })) {
    const path = resolve(cwd, name);
    if ((await kindOf(path)) === 'file') found.push(path);
  }
  if (found.length > 0) return found.toSorted();
  throw new OutpaceError('MISSING_REPORT', `'${pattern}' matches no file`);
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isErrorCode(error, 'ENOENT') || isErrorCode(error, 'ENOTDIR')) return null;
    throw new OutpaceError('MISSING_REPORT', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
