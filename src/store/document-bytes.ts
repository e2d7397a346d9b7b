import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';

/** Large enough that asking for more costs nothing, small enough to stay in the processor's cache. */
const PIECE_BYTES = 1 << 20;
const UNPACKED_PIECE_BYTES = 1 << 18;
const UNPACKING = { chunkSize: UNPACKED_PIECE_BYTES };

type Packing = 'none' | 'gzip' | 'zstd';
const MAGIC: readonly { readonly packing: Packing; readonly bytes: readonly number[] }[] = [
  { packing: 'gzip', bytes: [0x1f, 0x8b] },
  { packing: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
];

/**
 * A file's content, unpacked where its first bytes say that it is packed by gzip or zstd; a piece at a time, whose memory
 * is used again for the next but one.
 *
 * @throws OutpaceError MISSING_REPORT where it cannot be read, MALFORMED_PROFILE where it cannot be unpacked
 */
export async function* documentBytes(file: string): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of unpackedPieces(file)) {
    if (isFirst && isUtf16(piece))
      throw new OutpaceError(
        'MALFORMED_PROFILE',
        `${file} is text in UTF-16, and profiles are read as UTF-8: save it again as UTF-8 (iconv -f UTF-16 -t UTF-8)`,
      );
    isFirst = false;
    yield piece;
  }
}

async function* unpackedPieces(file: string): AsyncGenerator<Uint8Array> {
  const { packing, sizeBytes } = await packingOf(file);
  if (packing === 'none') yield* plainBytes(file);
  else if (packing === 'gzip') yield* unpackedFrom(file, packing, createGunzip(UNPACKING));
  else {
    // Node's stream ends with the first frame of several, and tells how many bytes that was.
    for (let offset = 0; offset < sizeBytes; ) {
      const unpacking = createZstdDecompress(UNPACKING);
      yield* unpackedFrom(file, packing, unpacking, offset);
      offset += unpacking.bytesWritten;
    }
  }
}

/** Whether a document begins as one in UTF-16 does: with its byte order mark, or with a character of JSON in two bytes. */
function isUtf16([first = 1, second = 1]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (first === 0) !== (second === 0) && '{[ \r\n\t'.includes(String.fromCharCode(first || second));
}

/** How a file is packed, whatever it is called, and how large it is. */
export async function packingOf(file: string): Promise<{ packing: Packing; sizeBytes: number }> {
  const first = new Uint8Array(4);
  const handle = await open(file).catch((error) => unreadable(file, error));
  try {
    const { size: sizeBytes } = await handle.stat();
    await handle.read(first, 0, first.length, 0);
    const found = MAGIC.find(({ bytes }) => bytes.every((byte, index) => first[index] === byte));
    return { packing: found?.packing ?? 'none', sizeBytes };
  } catch (error) {
    return unreadable(file, error);
  } finally {
    await handle.close();
  }
}

/**
 * A file's bytes from an offset on. The next piece is read while the last is looked at.
 *
 * @throws OutpaceError MISSING_REPORT
 */
export async function* plainBytes(file: string, offset = 0): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((error) => unreadable(file, error));
  try {
    let [filling, other] = [new Uint8Array(PIECE_BYTES), new Uint8Array(PIECE_BYTES)];
    let at = offset;
    let reading = handle.read(filling, 0, PIECE_BYTES, at);
    for (;;) {
      const { bytesRead } = await reading.catch((error) => unreadable(file, error));
      if (bytesRead === 0) return;
      at += bytesRead;
      const piece = filling.subarray(0, bytesRead);
      [filling, other] = [other, filling];
      reading = handle.read(filling, 0, PIECE_BYTES, at);
      // Whoever stops early leaves a reading that nobody waits for.
      reading.catch(() => undefined);
      yield piece;
    }
  } finally {
    await handle.close();
  }
}

async function* unpackedFrom(
  file: string,
  packing: Packing,
  unpacking: Gunzip | ZstdDecompress,
  start = 0,
): AsyncGenerator<Uint8Array> {
  const packed = createReadStream(file, { start, highWaterMark: UNPACKED_PIECE_BYTES });
  const feeding = pipeline(packed, unpacking);
  feeding.catch(() => undefined);
  try {
    for await (const piece of unpacking) yield piece;
  } catch (error) {
    if (isErrorCode(error, 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
    const found = `${file} cannot be unpacked (${packing}): ${messageOf(error)}`;
    throw new OutpaceError('MALFORMED_PROFILE', found, { cause: error });
  } finally {
    unpacking.destroy();
  }
}

function unreadable(file: string, error: unknown): never {
  throw new OutpaceError('MISSING_REPORT', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
}
