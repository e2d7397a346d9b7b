import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import { completeMembers } from '../profile/json-members.ts';

/** A report's beginning, up to its timing, takes about 2 kB; with a long input or many runs, more. */
const HEAD_BYTES = [4 * 1024, 128 * 1024] as const;
const TAIL_BYTES = 64;
/** Reading many heads keeps the process busy: now and then it hears of a Ctrl-C. */
const FILES_AT_ONCE = 200;

export type Head = Readonly<Record<string, unknown>>;

/** A file, and what it begins with; null where that cannot be told without reading it whole. */
export interface FileHead {
  readonly file: string;
  readonly head: Head | null;
}

/**
 * The beginnings of the JSON files of a folder: of 10,000 reports of 100 kB each, not more is read than is needed to
 * choose among them.
 *
 * @param isWanted by the file's name
 * @param wanted members that a head must have; a small file is read whole
 * @throws OutpaceError MISSING_REPORT where the folder is there and cannot be read
 */
export async function* readHeads(
  folder: string,
  {
    isWanted,
    wanted,
  }: { readonly isWanted: (name: string) => boolean; readonly wanted: ReadonlySet<string> },
): AsyncGenerator<FileHead> {
  const names = await readdir(folder).catch((error): string[] => {
    if (isErrorCode(error, 'ENOENT')) return [];
    throw new OutpaceError('MISSING_REPORT', `${folder} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  });
  const files = names.filter((name) => !name.startsWith('.') && isWanted(name)).toSorted();
  for (const [index, name] of files.entries()) {
    if (index % FILES_AT_ONCE === FILES_AT_ONCE - 1) await setImmediate();
    const file = join(folder, name);
    yield { file, head: readHead(file, wanted) };
  }
}

/** The same of one file. What is packed, cut off, in another order, or no JSON, has none. */
export function readHead(file: string, wanted: ReadonlySet<string>): Head | null {
  try {
    // Not by promises: three round trips to another thread would take longer than the reading.
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      for (const limit of HEAD_BYTES) {
        if (size <= limit) return objectIn(textOf(descriptor, { at: 0, length: size }));
        const members = completeMembers(textOf(descriptor, { at: 0, length: limit }), wanted);
        if (members === null || !endsAsObject(descriptor, size)) return null;
        if ([...wanted].every((key) => members.has(key))) return Object.fromEntries(members);
      }
      return null;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

function objectIn(text: string): Head | null {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}

/** A file that was cut off has the right beginning too. */
function endsAsObject(descriptor: number, size: number): boolean {
  const length = Math.min(TAIL_BYTES, size);
  return textOf(descriptor, { at: size - length, length })
    .trimEnd()
    .endsWith('}');
}

function textOf(
  descriptor: number,
  { at, length }: { readonly at: number; readonly length: number },
): string {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, length, at));
}
