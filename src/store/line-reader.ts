import type { FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 1 << 16;
const LINE_FEED = 10;

/** Lines of a file one after the other, from anywhere in it. */
export class LineReader {
  readonly #handle: FileHandle;
  #buffered: Buffer = Buffer.alloc(0);
  /** Where the next line begins. */
  position: number;

  constructor(handle: FileHandle, position: number) {
    this.#handle = handle;
    this.position = position;
  }

  /** The next line without its line feed; null at the end of the file. */
  async next(): Promise<Buffer | null> {
    let searched = 0;
    for (;;) {
      const end = this.#buffered.indexOf(LINE_FEED, searched);
      if (end !== -1) return this.#take(end);
      searched = this.#buffered.length;
      // Twice as much each time, so that a long line is not copied over and over.
      const more = await readAt(this.#handle, this.position + searched, Math.max(BLOCK_BYTES, searched));
      if (more.length === 0) return null;
      this.#buffered = Buffer.concat([this.#buffered, more]);
    }
  }

  skip(sizeBytes: number): void {
    this.#buffered = this.#buffered.subarray(Math.min(sizeBytes, this.#buffered.length));
    this.position += sizeBytes;
  }

  #take(end: number): Buffer {
    const line = this.#buffered.subarray(0, end);
    this.skip(end + 1);
    return line;
  }
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
