import { newHash } from '../captured-hash.ts';
import { ADVICE, Unsuitable } from './uninspectable.ts';

// The job may replace them, and equality must not depend on that.
const { stringify } = JSON;
const { keyFor } = Symbol;

/** A longer text is named by its length and hash. */
const INLINE_CHARS = 256;
const PIECE_CHARS = 1 << 20;

const WELL_KNOWN = new Map<unknown, string>(
  Object.getOwnPropertyNames(Symbol).flatMap((name) => {
    const symbol: unknown = Reflect.get(Symbol, name);
    return typeof symbol === 'symbol' ? [[symbol, `Symbol.${name}`]] : [];
  }),
);

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function isLongText(value: unknown): value is string {
  return typeof value === 'string' && value.length > INLINE_CHARS;
}

/**
 * Text that is the same for two values that are no objects exactly if they are the same value (as `Object.is` has it).
 *
 * @throws Unsuitable for functions and unique symbols
 */
export function atomText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > INLINE_CHARS ? `text ${value.length} ${textHash(value)}` : stringify(value);
    case 'number':
      return value === 0 && Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol': {
      const name = symbolName(value);
      if (name !== null) return name;
      throw new Unsuitable(`a symbol that equals nothing in another process (${String(value)})`, ADVICE.omit);
    }
    case 'function':
      throw new Unsuitable('a function', ADVICE.omit);
    default:
      return String(value);
  }
}

/** A symbol that means the same in every process; null for one that is unique. */
export function symbolName(symbol: symbol): string | null {
  const key = keyFor(symbol);
  return key === undefined ? (WELL_KNOWN.get(symbol) ?? null) : `Symbol.for(${stringify(key)})`;
}

/** A long text in pieces, each as a JSON string; half a surrogate pair stays as it is. */
export function* textPieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE_CHARS) yield stringify(text.slice(at, at + PIECE_CHARS));
}

function textHash(text: string): string {
  const hash = newHash('sha256');
  // UTF-16, because UTF-8 has only one replacement for all half surrogate pairs.
  for (let at = 0; at < text.length; at += PIECE_CHARS)
    hash.update(text.slice(at, at + PIECE_CHARS), 'utf16le');
  return hash.digest('base64url');
}
