import type { FileHandle } from 'node:fs/promises';

const LINE_FEED = 10;

/** Some of the bytes from a position on; none at the end. */
export type ReadFrom = (position: number) => Promise<Buffer>;

/** Lines of a file one after the other, from anywhere in it. */
export class LineReader {
  readonly #readFrom: ReadFrom;
  #buffered: Buffer = Buffer.alloc(0);
  /** Where the next line begins. */
  position: number;

  constructor(readFrom: ReadFrom, position: number) {
    this.#readFrom = readFrom;
    this.position = position;
  }

  /** The next line without its line feed; null at the end of the file. */
  async next(): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for (;;) {
      const end = this.#buffered.indexOf(LINE_FEED);
      if (end !== -1) {
        parts.push(this.#buffered.subarray(0, end));
        this.skip(end + 1);
        return parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts);
      }
      parts.push(this.#buffered);
      this.position += this.#buffered.length;
      this.#buffered = await this.#readFrom(this.position);
      if (this.#buffered.length === 0) return null;
    }
  }

  skip(sizeBytes: number): void {
    this.#buffered = this.#buffered.subarray(Math.min(sizeBytes, this.#buffered.length));
    this.position += sizeBytes;
  }
}

const BLOCK_BYTES = 1 << 20;

/** Reads a file in blocks, of which it keeps the newest: most of what is looked for next is close to it. */
export function blockReader(handle: FileHandle): ReadFrom {
  let kept: { readonly index: number; readonly bytes: Buffer } = { index: -1, bytes: Buffer.alloc(0) };
  return async (position) => {
    const index = Math.floor(position / BLOCK_BYTES);
    if (kept.index !== index) kept = { index, bytes: await readAt(handle, index * BLOCK_BYTES, BLOCK_BYTES) };
    return kept.bytes.subarray(position - index * BLOCK_BYTES);
  };
}

/** As many bytes as there are, up to a length. */
export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
