import { hashOf, newHash } from '../captured-hash.ts';

/** Bytes that belong to a value. */
export interface Content {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Again, for a person; nothing where they were read from a stream. */
  readonly blocks: () => Iterable<Uint8Array>;
}

const BLOCK_BYTES = 1 << 20;

export function contentOf(bytes: Uint8Array): Content {
  const sha256 = hashOf('sha256', bytes, 'base64url');
  return { sizeBytes: bytes.byteLength, sha256, blocks: () => [bytes] };
}

/** A NaN has many bit patterns, which one an operation leaves is up to the processor: they count as one. */
export function floatContentOf(array: Float32Array | Float64Array): Content {
  const bytes = bytesOf(array);
  if (!array.includes(Number.NaN)) return contentOf(bytes);
  const blocks = (): Iterable<Uint8Array> => withOneNaN(array);
  const sha256 = newHash('sha256');
  for (const block of blocks()) sha256.update(block);
  return { sizeBytes: bytes.byteLength, sha256: sha256.digest('base64url'), blocks };
}

export async function blobContent(blob: Blob): Promise<Content> {
  const sha256 = newHash('sha256');
  for await (const chunk of blob.stream()) sha256.update(chunk);
  return { sizeBytes: blob.size, sha256: sha256.digest('base64url'), blocks: () => [] };
}

export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function* withOneNaN(array: Float32Array | Float64Array): Generator<Uint8Array> {
  const length = BLOCK_BYTES / array.BYTES_PER_ELEMENT;
  for (let at = 0; at < array.length; at += length) {
    const block = array.slice(at, at + length);
    const bytes = bytesOf(block);
    for (let index = 0; index < block.length; index += 1) {
      if (!Number.isNaN(block[index])) continue;
      const start = index * block.BYTES_PER_ELEMENT;
      bytes.fill(0xff, start, start + block.BYTES_PER_ELEMENT);
    }
    yield bytes;
  }
}
