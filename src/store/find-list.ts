import type { FileHandle } from 'node:fs/promises';
import type { ListKey } from '../profile/cpu-profile-shape.ts';

const PIECE_BYTES = 1 << 20;
const KEYS = ['samples', 'timeDeltas'] as const satisfies readonly ListKey[];
/** As far as a key, its colon and the bracket are looked for across two pieces, blanks among them. */
const OVERLAP_BYTES = 256;

export interface FoundList {
  readonly key: ListKey;
  /** Of its bracket. */
  readonly offset: number;
}

/**
 * The next place of a file that looks as if one of a profile's lists began there. Whether it is one only the document's
 * reader can tell: the key may lie deeper.
 */
export async function findList(handle: FileHandle, from: number): Promise<FoundList | null> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (let offset = from; ; ) {
    const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, offset);
    const text = piece.subarray(0, bytesRead);
    const found = KEYS.flatMap((key) => listsOf(text, key)).toSorted((a, b) => a.offset - b.offset);
    const [first] = found;
    if (first !== undefined) return { key: first.key, offset: offset + first.offset };
    if (bytesRead <= OVERLAP_BYTES) return null;
    offset += bytesRead - OVERLAP_BYTES;
  }
}

/** At most one. */
function listsOf(text: Buffer, key: ListKey): FoundList[] {
  const quoted = `"${key}"`;
  for (let at = text.indexOf(quoted); at !== -1; at = text.indexOf(quoted, at + 1)) {
    const behind = text
      .subarray(at + quoted.length, at + quoted.length + OVERLAP_BYTES / 2)
      .toString('latin1');
    const [between] = /^[ \t\r\n]*:[ \t\r\n]*(?=\[)/.exec(behind) ?? [];
    if (between !== undefined) return [{ key, offset: at + quoted.length + between.length }];
  }
  return [];
}
