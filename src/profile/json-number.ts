const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
/** Whole numbers of so many digits, and powers of ten to their length, are exact as floating point. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/** A number of JSON: where to look for it, and what was found. One serves for all, since there are millions. */
export interface NumberToken {
  start: number;
  /** The end of the bytes that are there. */
  limit: number;
  value: number;
  /** Of the first byte behind it; where it is no number, of the byte that is wrong. */
  end: number;
  valid: boolean;
}

/** Reads the number that begins at `start`, by JSON's grammar: no `+`, no leading zeros, digits on both sides of the point. */
export function readNumber(bytes: Uint8Array, into: NumberToken): void {
  const { start, limit: end } = into;
  const digitsFrom = bytes[start] === 0x2d ? start + 1 : start;
  let at = skipDigits(bytes, digitsFrom, end);
  const wholeDigits = at - digitsFrom;
  into.valid = wholeDigits > 0 && (wholeDigits === 1 || bytes[digitsFrom] !== DIGIT_0);
  into.end = into.valid ? at : digitsFrom + (wholeDigits === 0 ? 0 : 1);
  if (!into.valid) return;
  let fractionDigits = 0;
  if (at < end && bytes[at] === 0x2e) {
    const from = at + 1;
    at = skipDigits(bytes, from, end);
    fractionDigits = at - from;
    into.valid = fractionDigits > 0;
  }
  const exponent = at < end && into.valid && ((bytes[at] ?? 0) | 0x20) === 0x65;
  if (exponent) {
    const sign = bytes[at + 1];
    const from = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    at = skipDigits(bytes, Math.min(from, end), end);
    into.valid = at > from;
  }
  into.end = at;
  if (!into.valid) return;
  into.value =
    exponent || wholeDigits + fractionDigits > EXACT_DIGITS
      ? Number(latin1(bytes, start, at))
      : plainValue(bytes, start, at) / (POWERS[fractionDigits] ?? 1);
}

function skipDigits(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] ?? 0) >= DIGIT_0 && (bytes[at] ?? 0) <= DIGIT_9) at += 1;
  return at;
}

/** The digits as one whole number, as if there were no point. */
function plainValue(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 0x2d;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - DIGIT_0;
    if (digit >= 0) value = value * 10 + digit;
  }
  return negative ? -value : value;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
