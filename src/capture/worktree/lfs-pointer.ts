import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** What Git LFS keeps in the repository in the place of a file. */
export interface LfsPointer {
  /** SHA-256 of the content. */
  readonly object: string;
  readonly sizeBytes: number;
}

/** The format allows no more. */
const LARGEST_POINTER_BYTES = 1024;

/** null: the file is something else, or not there. */
export async function lfsPointerIn(file: string): Promise<LfsPointer | null> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile() || found.size > LARGEST_POINTER_BYTES) return null;
  return parseLfsPointer(await readFile(file, 'utf8'));
}

export function parseLfsPointer(text: string): LfsPointer | null {
  if (!/^version https:\/\/(git-lfs|hawser)\.github\.com\/spec\/v\d/.test(text)) return null;
  const [, object] = /^oid sha256:([\da-f]{64})\r?$/m.exec(text) ?? [];
  const [, size] = /^size (\d+)\r?$/m.exec(text) ?? [];
  return object === undefined || size === undefined ? null : { object, sizeBytes: Number(size) };
}

/** Whether a file is the content that a pointer stands for. */
export async function isContentOf(file: string, { object, sizeBytes }: LfsPointer): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile() || found.size !== sizeBytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex') === object;
}
