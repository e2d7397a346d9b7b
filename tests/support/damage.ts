import type { Random } from '../../src/base/random.ts';

/** What is put in somewhere: tokens that are wrong there, and bytes that no text has. */
const PIECES = [
  ...'{}[]",:\\-0123456789.eE+ tfn/\n\t\u0000\u001f\u007f',
  ...[
    'null',
    'true',
    '1e999',
    '-1',
    '1.5',
    '12345678901234567890',
    '-0',
    '01',
    '1e2',
    '0.1e-2',
    '[]',
    '{}',
    '""',
  ],
  ...[
    '\\u0041',
    '\\ud800',
    '\\n',
    '\\x',
    '\\u12',
    '"id":',
    '"children":[1],',
    '"parent":1,',
    '"samples":[',
    '\ufeff',
  ],
  ...['"timeDeltas"', '"nodes"', '"traceEvents"', ', ', '  ', '\r\n', 'é', '\u2028'],
].map((piece) => Buffer.from(piece));
const NOT_UTF8 = [0x80, 0xc3, 0xff, 0xf0].map((byte) => Buffer.from([byte]));

/** A copy in which a few places were changed: digits mostly by digits, so that much of it stays a profile. */
export function damaged(bytes: Buffer, random: Random): Buffer {
  let result: Buffer = Buffer.from(bytes);
  const changes = 1 + Math.floor(random() * 3);
  for (let change = 0; change < changes; change += 1) result = changed(result, random);
  return result;
}

function changed(bytes: Buffer, random: Random): Buffer {
  const at = Math.floor(random() * bytes.length);
  const to = Math.min(bytes.length, at + Math.floor(random() * 12));
  const kind = random();
  if (kind < 0.4) {
    const digits = [...bytes.keys()].filter((index) => isDigit(bytes[index] ?? 0));
    const place = digits[Math.floor(random() * digits.length)];
    if (place !== undefined) bytes[place] = 0x30 + Math.floor(random() * 10);
    return bytes;
  }
  if (kind < 0.6) return spliced(bytes, at, at, oneOf(PIECES, random));
  if (kind < 0.7) return spliced(bytes, at, Math.min(bytes.length, at + 1), oneOf(PIECES, random));
  if (kind < 0.8) return spliced(bytes, at, to, Buffer.alloc(0));
  if (kind < 0.9) return spliced(bytes, at, at, bytes.subarray(at, to));
  if (kind < 0.95) return bytes.subarray(0, at);
  return spliced(bytes, at, at, oneOf(NOT_UTF8, random));
}

function spliced(bytes: Buffer, from: number, to: number, piece: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(to)]);
}

function oneOf(pieces: readonly Buffer[], random: Random): Buffer {
  return pieces[Math.floor(random() * pieces.length)] ?? Buffer.alloc(0);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
