const COMMA = 0x2c;
const MINUS = 0x2d;
const SPACE = 0x20;
const ZEROS = 0x30303030;
const POWERS = Int32Array.of(1, 10, 100, 1000);
/** The longest that one pass looks ahead. */
const REACH = 16;

/** Where reading stands, and how many numbers were read. */
export interface PlainRun {
  position: number;
  count: number;
}

/**
 * Reads `12,345,-6,` as far as it is so plain: whole numbers of up to 7 digits, a comma behind each, blanks before them.
 * It stops before the first that is anything else, or that lies too near the end; nothing is refused here.
 *
 * Four digits are read at a time, as one 32-bit word (Lemire 2022, "Parsing integers quickly"): most time goes otherwise
 * into a wrong guess of each number's length.
 *
 * @param run changed to where reading stands now
 * @param end of the bytes that may be read
 */
export function readPlainIntegers(
  bytes: Uint8Array,
  view: DataView,
  { run, end, out }: { readonly run: PlainRun; readonly end: number; readonly out: Int32Array },
): void {
  const last = end - REACH;
  const limit = out.length;
  let position = run.position;
  let count = 0;
  while (position <= last && count < limit) {
    let at = position;
    let negative = false;
    let word = view.getInt32(at, true) ^ ZEROS;
    let beyond = notDigits(word);
    if ((beyond & 0x80) !== 0) {
      while (at < last && isBlank(bytes[at] ?? 0)) at += 1;
      negative = bytes[at] === MINUS;
      if (negative) at += 1;
      if (at > last) break;
      word = view.getInt32(at, true) ^ ZEROS;
      beyond = notDigits(word);
      if ((beyond & 0x80) !== 0) break;
    }
    let length = 4;
    let value = 0;
    if (beyond === 0) {
      const next = view.getInt32(at + 4, true) ^ ZEROS;
      const nextBeyond = notDigits(next);
      if (nextBeyond === 0) break;
      const digits = lowestByte(nextBeyond);
      length += digits;
      value = fourDigits(word) * (POWERS[digits] ?? 1) + fourDigits((next << 8) << (24 - 8 * digits));
    } else {
      length = lowestByte(beyond);
      value = fourDigits((word << 8) << (24 - 8 * length));
    }
    if (bytes[at + length] !== COMMA || ((word & 0xff) === 0 && length > 1)) break;
    out[count] = negative ? -value : value;
    count += 1;
    position = at + length + 1;
  }
  run.position = position;
  run.count = count;
}

/** The highest bit of each byte that is over 9, right up to the lowest such byte. */
function notDigits(word: number): number {
  return ((word + 0x76767676) | word) & 0x80808080;
}

/** Which byte the lowest set bit is in. */
function lowestByte(bits: number): number {
  return (31 - Math.clz32(bits & -bits)) >> 3;
}

/** Of four bytes from 0 to 9, the first the highest. */
function fourDigits(word: number): number {
  const pairs = (Math.imul(word, 2561) >>> 8) & 0x00ff00ff;
  return Math.imul(pairs, 6_553_601) >>> 16;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
