import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';

/** Large enough that asking for more costs nothing, small enough to stay in the processor's cache. */
const PIECE_BYTES = 1 << 20;
const UNPACKED_PIECE_BYTES = 1 << 18;

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
  const { packing } = await packingOf(file);
  if (packing === 'none') yield* plainBytes(file);
  else yield* unpackedBytes(file, packing);
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

async function* unpackedBytes(file: string, packing: 'gzip' | 'zstd'): AsyncGenerator<Uint8Array> {
  const options = { chunkSize: UNPACKED_PIECE_BYTES };
  const unpacking = packing === 'gzip' ? createGunzip(options) : createZstdDecompress(options);
  const feeding = pipeline(createReadStream(file, { highWaterMark: UNPACKED_PIECE_BYTES }), unpacking);
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
