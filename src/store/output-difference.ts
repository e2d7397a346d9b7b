import { type FileHandle, open } from 'node:fs/promises';
import { readAt } from './line-reader.ts';

/** Where two outputs part. */
export interface FirstDifference {
  readonly offsetBytes: number;
  /** 1-based, counted in line feeds. */
  readonly line: number;
  /** What stands there on each side, a few dozen bytes from a little before, as text. */
  readonly before: string;
  readonly after: string;
}

const BLOCK_BYTES = 1 << 20;
const SHOWN_BYTES = 64;
/** A line that began no further back is shown from its beginning. */
const LINE_START_BYTES = 160;
const CONTEXT_BYTES = 24;

/** Compares two files block by block; null where they are the same. */
export async function firstDifference(
  beforeFile: string,
  afterFile: string,
): Promise<FirstDifference | null> {
  const before = await open(beforeFile);
  try {
    const after = await open(afterFile);
    try {
      return await differenceOf(before, after);
    } finally {
      await after.close();
    }
  } finally {
    await before.close();
  }
}

async function differenceOf(before: FileHandle, after: FileHandle): Promise<FirstDifference | null> {
  let line = 1;
  for (let offset = 0; ; offset += BLOCK_BYTES) {
    const left = await readAt(before, offset, BLOCK_BYTES);
    const right = await readAt(after, offset, BLOCK_BYTES);
    if (!left.equals(right)) {
      const at = differingIndex(left, right);
      const offsetBytes = offset + at;
      return {
        offsetBytes,
        line: line + countLineFeeds(left.subarray(0, at)),
        before: await shownAt(before, offsetBytes),
        after: await shownAt(after, offsetBytes),
      };
    }
    if (left.byteLength < BLOCK_BYTES) return null;
    line += countLineFeeds(left);
  }
}

/** From the beginning of the line, or a little before, to the end of the line, or a little behind. */
async function shownAt(file: FileHandle, offset: number): Promise<string> {
  const from = Math.max(0, offset - LINE_START_BYTES);
  const bytes = await readAt(file, from, offset - from + SHOWN_BYTES);
  const at = offset - from;
  const lineStart = bytes.subarray(0, at).lastIndexOf(10) + 1;
  const known = lineStart > 0 || from === 0;
  const start = known ? lineStart : at - CONTEXT_BYTES;
  const end = bytes.indexOf(10, at);
  return `${known ? '' : '…'}${bytes.subarray(start, end === -1 ? bytes.byteLength : end).toString('utf8')}`;
}

/** The first index at which they differ, which may be the end of the shorter. */
function differingIndex(left: Buffer, right: Buffer): number {
  const shorter = Math.min(left.byteLength, right.byteLength);
  for (let index = 0; index < shorter; index += 1) if (left[index] !== right[index]) return index;
  return shorter;
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
