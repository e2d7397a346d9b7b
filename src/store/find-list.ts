import type { FileHandle } from 'node:fs/promises';
import type { ListKey } from '../profile/cpu-profile-shape.ts';

const PIECE_BYTES = 1 << 20;
/** As far as a key, its colon and the bracket are looked for across two pieces, blanks among them. */
const OVERLAP_BYTES = 256;

/**
 * The next place of a file that looks as if a list of that key began there. Whether it is one only the document's
 * reader can tell: the key may lie deeper.
 *
 * @returns the offset of its bracket
 */
export async function findList(handle: FileHandle, key: ListKey, from: number): Promise<number | null> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (let offset = from; ; ) {
    const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, offset);
    const text = piece.subarray(0, bytesRead);
    const found = listWithin(text, key);
    if (found !== null) return offset + found;
    if (bytesRead <= OVERLAP_BYTES) return null;
    offset += bytesRead - OVERLAP_BYTES;
  }
}

function listWithin(text: Buffer, key: ListKey): number | null {
  const quoted = `"${key}"`;
  for (let at = text.indexOf(quoted); at !== -1; at = text.indexOf(quoted, at + 1)) {
    const behind = text
      .subarray(at + quoted.length, at + quoted.length + OVERLAP_BYTES / 2)
      .toString('latin1');
    const [between] = /^[ \t\r\n]*:[ \t\r\n]*(?=\[)/.exec(behind) ?? [];
    if (between !== undefined) return at + quoted.length + between.length;
  }
  return null;
}
