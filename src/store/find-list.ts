import { readSync } from 'node:fs';
import type { ListKey } from '../profile/cpu-profile-shape.ts';

const PIECE_BYTES = 1 << 20;
/** As far as a key, its colon and the bracket are looked for across two pieces, blanks among them. */
const OVERLAP_BYTES = 256;

/**
 * The next place of an open file that looks as if a list of that key began there. Whether it is one only the document's
 * reader can tell: the key may lie deeper.
 *
 * @returns the offset of its bracket
 */
export function findList(file: number, key: ListKey, from: number): number | null {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (let offset = from; ; ) {
    const bytesRead = readSync(file, piece, 0, PIECE_BYTES, offset);
    const found = listWithin(piece.subarray(0, bytesRead), key);
    if (found !== null) return offset + found;
    if (bytesRead <= OVERLAP_BYTES) return null;
    offset += bytesRead - OVERLAP_BYTES;
  }
}

function listWithin(text: Buffer, key: ListKey): number | null {
  // Without its first mark, of which a profile is full.
  const rest = `${key}"`;
  for (let at = text.indexOf(rest, 0, 'latin1'); at !== -1; at = text.indexOf(rest, at + 1, 'latin1')) {
    const start = at + rest.length;
    const behind = text.subarray(start, start + OVERLAP_BYTES / 2).toString('latin1');
    const [between] = /^[ \t\r\n]*:[ \t\r\n]*(?=\[)/.exec(behind) ?? [];
    if (between !== undefined) return start + between.length;
  }
  return null;
}
