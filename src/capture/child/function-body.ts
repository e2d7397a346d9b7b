import { indexIn, ownPattern, replaced, sliceOf, trimmed } from './captured.ts';
import { sha256Of } from './captured-hash.ts';

/** Shorter ones, such as `() => {}`, are alike without being the same. */
const LEAST_CHARS = 24;
const HASH_CHARS = 16;
const WHITE_SPACE = ownPattern('\\s+', 'g');
const SYNTAX = ownPattern('[$()*+.?[\\\\\\]^{|}]', 'g');

/**
 * What tells a function again under another name or in another file: a hash of its parameters and body, without its own
 * name and without regard to white space.
 *
 * @returns null for one that is too short to be told from others
 */
export function bodyHash(source: string, name: string): string | null {
  const start = indexIn(source, '(');
  const whole = sliceOf(source, start);
  const body = name === '' ? whole : withoutName(whole, name);
  const plain = trimmed(replaced(body, { pattern: WHITE_SPACE, by: ' ' }));
  if (start === -1 || plain.length < LEAST_CHARS) return null;
  return sliceOf(sha256Of(plain), 0, HASH_CHARS);
}

/** A recursive function holds its own name. */
function withoutName(body: string, name: string): string {
  const escaped = replaced(name, { pattern: SYNTAX, by: '\\$&' });
  const pattern = ownPattern(`(?<![\\p{ID_Continue}$])${escaped}(?![\\p{ID_Continue}$])`, 'gu');
  return replaced(body, { pattern, by: '·' });
}
