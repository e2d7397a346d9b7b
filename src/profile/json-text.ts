const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SIMPLE_ESCAPES = new Set([...'"\\/bfnrt'].map((mark) => mark.charCodeAt(0)));

/** A text of JSON: where to look at it, and what was found as far as it is there. One serves for all. */
export interface TextToken {
  /** Behind the opening quotation mark, or wherever an open text was left. */
  start: number;
  /** The end of the bytes that are there. */
  limit: number;
  /** Of the closing quotation mark; where it is not in the window, of its end; where a byte is wrong, of that. */
  end: number;
  state: 'closed' | 'open' | 'wrong';
  /** Whether the bytes are not the text itself. */
  escaped: boolean;
}

/** Looks for the end of a text, and at its escapes. */
export function scanText(bytes: Uint8Array, into: TextToken): void {
  const { start, limit: end } = into;
  into.state = 'open';
  into.escaped = false;
  let at = start;
  for (; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE || byte < 0x20) {
      into.state = byte === QUOTE ? 'closed' : 'wrong';
      break;
    }
    if (byte !== BACKSLASH) continue;
    into.escaped = true;
    const last = at + (bytes[at + 1] === 0x75 && at + 1 < end ? 5 : 1);
    const wrong = at + 1 < end ? wrongInEscape(bytes, at, Math.min(last + 1, end)) : -1;
    if (wrong >= 0) {
      into.state = 'wrong';
      at = wrong;
      break;
    }
    if (last >= end) break;
    at = last;
  }
  into.end = at;
}

/** The first byte of an escape that cannot stand there, or −1. */
function wrongInEscape(bytes: Uint8Array, start: number, end: number): number {
  const mark = bytes[start + 1] ?? 0;
  if (mark !== 0x75) return SIMPLE_ESCAPES.has(mark) ? -1 : start + 1;
  for (let at = start + 2; at < end; at += 1) if (!isHex(bytes[at] ?? 0)) return at;
  return -1;
}

function isHex(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What an escaped text says; `start` and `end` without its quotation marks. */
export function unescaped(bytes: Uint8Array, start: number, end: number): string {
  const said: unknown = JSON.parse(`"${decoder.decode(bytes.subarray(start, end))}"`);
  return String(said);
}
