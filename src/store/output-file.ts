import type { Stats } from 'node:fs';
import { appendFile, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';

/** A file that appears whole or not at all, whatever was there before staying until then. */
export interface OutputFile {
  /** Where to write meanwhile. */
  readonly partial: string;
  commit(): Promise<void>;
  /** Takes the unfinished part away; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Makes ready to write a file. What is no regular file (a pipe, `/dev/null`) is written to as it is.
 *
 * @throws OutpaceError STORE_FAILED for a folder, or where nothing can be written
 */
export async function openOutputFile(named: string): Promise<OutputFile> {
  const there = await statOrNull(named);
  if (there?.isDirectory()) {
    throw new OutpaceError('STORE_FAILED', `${named} cannot be written: it is a folder`);
  }
  if (there !== null && !there.isFile()) return { partial: named, async commit() {}, async discard() {} };
  // Through a symbolic link, the file that it points to is the one to replace.
  const file = there === null ? resolve(named) : await realpath(named);
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
  try {
    await (await open(partial, 'wx')).close();
  } catch (error) {
    throw notWritten(named, error);
  }
  return {
    partial,
    async commit() {
      await rename(partial, file).catch((error) => {
        throw notWritten(named, error);
      });
    },
    async discard() {
      await rm(partial, { force: true });
    },
  };
}

/** @throws OutpaceError STORE_FAILED */
export async function writeWhole(named: string, content: string | Uint8Array): Promise<void> {
  const output = await openOutputFile(named);
  try {
    await writeFile(output.partial, content).catch((error) => {
      throw notWritten(named, error);
    });
    await output.commit();
  } finally {
    await output.discard();
  }
}

/**
 * The same, in a folder that is made where it is missing.
 *
 * @throws OutpaceError STORE_FAILED
 */
export async function writeWholeInFolder(named: string, content: string): Promise<void> {
  await mkdir(dirname(resolve(named)), { recursive: true }).catch((error) => {
    throw notWritten(named, error);
  });
  await writeWhole(named, content);
}

/** @throws OutpaceError STORE_FAILED */
export async function appendToFile(named: string, content: string): Promise<void> {
  await appendFile(named, content).catch((error) => {
    throw notWritten(named, error);
  });
}

async function statOrNull(file: string): Promise<Stats | null> {
  try {
    return await stat(file);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw notWritten(file, error);
  }
}

function notWritten(file: string, error: unknown): OutpaceError {
  return new OutpaceError('STORE_FAILED', `${file} cannot be written: ${messageOf(error)}`, { cause: error });
}
