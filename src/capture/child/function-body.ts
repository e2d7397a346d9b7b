import { createHash } from 'node:crypto';

/** Shorter ones, such as `() => {}`, are alike without being the same. */
const LEAST_CHARS = 24;
const HASH_CHARS = 16;

/**
 * What tells a function again under another name or in another file: a hash of its parameters and body, without its own
 * name and without regard to white space.
 *
 * @returns null for one that is too short to be told from others
 */
export function bodyHash(source: string, name: string): string | null {
  const start = source.indexOf('(');
  const body = name === '' ? source.slice(start) : withoutName(source.slice(start), name);
  const plain = body.replaceAll(/\s+/g, ' ').trim();
  if (start === -1 || plain.length < LEAST_CHARS) return null;
  return createHash('sha256').update(plain).digest('hex').slice(0, HASH_CHARS);
}

/** A recursive function holds its own name. */
function withoutName(body: string, name: string): string {
  const escaped = name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  return body.replaceAll(new RegExp(`(?<![\\p{ID_Continue}$])${escaped}(?![\\p{ID_Continue}$])`, 'gu'), '·');
}
