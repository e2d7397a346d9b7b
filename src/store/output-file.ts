import { appendFile, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import { copyInto, type Destination, descriptorIn, destinationOf, takeOver } from './output-destination.ts';
import { isThere } from './owner.ts';

/**
 * A file that a person named: it appears whole or not at all, and what was there before stays until then. Its mode, owner
 * and links stay as they were; where they cannot, opening it fails. Extended attributes and ACLs are not carried over.
 */
export interface OutputFile {
  /** Where to write meanwhile. */
  readonly partial: string;
  commit(): Promise<void>;
  /** Removes the unfinished part; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Prepares to write a file. A pipe or a device, such as `/dev/null`, is written to directly.
 *
 * @throws OutpaceError STORE_FAILED for a folder, where nothing can be written, and where replacing the file would change
 *   its owner or break its hard links
 */
export async function openOutputFile(named: string): Promise<OutputFile> {
  const blamed = <Value>(operation: Promise<Value>): Promise<Value> =>
    operation.catch((error) => {
      throw notWritten(named, error);
    });
  const destination = await blamed(destinationOf(named));
  if (destination.kind === 'stream')
    return { partial: destination.path, async commit() {}, async discard() {} };
  const partial = await blamed(createPartial(destination));
  return {
    partial,
    commit: () => blamed(replace(named, partial, destination).finally(() => livePartials.delete(partial))),
    async discard() {
      livePartials.delete(partial);
      await rm(partial, { force: true });
    },
  };
}

/**
 * Whether a file can be written, found out before anything is measured for it.
 *
 * @throws OutpaceError STORE_FAILED
 */
export async function assertWritable(named: string): Promise<void> {
  if (standardStream(named) === null) await (await openOutputFile(named)).discard();
}

/** @throws OutpaceError STORE_FAILED */
export async function writeWhole(named: string, content: string | Uint8Array): Promise<void> {
  const stream = standardStream(named);
  if (stream !== null) return print(stream, named, content);
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
 * The same, in a folder that is created where it is missing.
 *
 * @throws OutpaceError STORE_FAILED
 */
export async function writeWholeInFolder(named: string, content: string): Promise<void> {
  await createFolderOf(named);
  await writeWhole(named, content);
}

/** Creates the folder that a file is to be written to. */
export async function createFolderOf(named: string): Promise<void> {
  await mkdir(dirname(resolve(named)), { recursive: true }).catch((error) => {
    throw notWritten(named, error);
  });
}

/** @throws OutpaceError STORE_FAILED */
export async function appendToFile(named: string, content: string): Promise<void> {
  await appendFile(named, content).catch((error) => {
    throw notWritten(named, error);
  });
}

function standardStream(named: string): NodeJS.WriteStream | null {
  const descriptor = descriptorIn(named);
  return descriptor === 1 ? process.stdout : descriptor === 2 ? process.stderr : null;
}

function print(stream: NodeJS.WriteStream, named: string, content: string | Uint8Array): Promise<void> {
  return new Promise((done, failed) => {
    stream.write(content, (error) => (error ? failed(notWritten(named, error)) : done()));
  });
}

type FileDestination = Extract<Destination, { kind: 'file' }>;

/** A name of 255 bytes is the longest that file systems take; a character has up to 4. */
const LONGEST_PREFIX_CHARS = 50;
/** Those of this process, by which another process's of the same number, long gone, is recognized. */
const livePartials = new Set<string>();

async function createPartial({ file, before }: FileDestination): Promise<string> {
  const prefix = `.${basename(file).slice(0, LONGEST_PREFIX_CHARS)}.`;
  const partial = join(dirname(file), `${prefix}${process.pid}.partial`);
  await removeAbandoned(dirname(file), prefix);
  // What replaces a private file is private from the start.
  const handle = before === null ? await open(partial, 'wx') : await open(partial, 'wx', 0o600);
  livePartials.add(partial);
  try {
    // Found out now, before anything is measured.
    if (before !== null) await takeOver(handle, before);
  } catch (error) {
    livePartials.delete(partial);
    await rm(partial, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return partial;
}

/** Removes what a killed process left of the same file. */
async function removeAbandoned(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)\.partial$/.exec(name.slice(prefix.length)) ?? []) : [];
    const partial = join(folder, name);
    const isAbandoned =
      Number(pid) === process.pid ? !livePartials.has(partial) : pid !== undefined && !isThere(Number(pid));
    if (isAbandoned) await rm(partial, { force: true });
  }
}

async function replace(named: string, partial: string, { file }: FileDestination): Promise<void> {
  // Minutes may have passed: what is there now is what must be kept.
  const now = await destinationOf(named);
  if (now.kind !== 'file' || now.file !== file) throw new Error('it changed while it was being written');
  if (now.before !== null) {
    const handle = await open(partial, 'r+');
    await takeOver(handle, now.before).finally(() => handle.close());
  }
  try {
    await rename(partial, file);
  } catch (error) {
    // A file that is mounted, as into a container, can be filled but not replaced.
    if (!isErrorCode(error, 'EBUSY')) throw error;
    await copyInto(file, partial);
    await rm(partial, { force: true });
  }
}

function notWritten(file: string, error: unknown): OutpaceError {
  if (error instanceof OutpaceError) return error;
  return new OutpaceError('STORE_FAILED', `${file} cannot be written: ${messageOf(error)}`, { cause: error });
}
