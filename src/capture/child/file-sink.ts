import { type FileHandle, open } from 'node:fs/promises';
import { messageOf } from '../../base/errors.ts';
import { BYTES_PER_KIB } from '../../base/units.ts';
import { FileSinkError } from './file-sink-error.ts';

// Kept before the implementation is loaded, which may replace it.
const openFile = open;

/** Small chunks are gathered up to this size: a write for each would cost more than the run. */
const GATHERED_BYTES = 256 * BYTES_PER_KIB;

/** Writes chunks to a file in order; each has been copied or written when `write` resolves. */
export class FileSink {
  readonly #handle: FileHandle;
  readonly #gathered = Buffer.allocUnsafe(GATHERED_BYTES);
  #gatheredBytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @throws FileSinkError */
  static async open(file: string): Promise<FileSink> {
    return new FileSink(await blamed(openFile(file, 'w')));
  }

  /** @throws FileSinkError */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#gatheredBytes + bytes.byteLength > GATHERED_BYTES) await this.#flush();
    if (bytes.byteLength > GATHERED_BYTES) {
      await blamed(this.#handle.writeFile(bytes));
      return;
    }
    this.#gathered.set(bytes, this.#gatheredBytes);
    this.#gatheredBytes += bytes.byteLength;
  }

  /** @throws FileSinkError */
  async close(): Promise<void> {
    await this.#flush();
    await blamed(this.#handle.close());
  }

  async #flush(): Promise<void> {
    const full = this.#gathered.subarray(0, this.#gatheredBytes);
    this.#gatheredBytes = 0;
    // `writeFile` on a handle goes on from where it is, and until everything is written.
    if (full.byteLength > 0) await blamed(this.#handle.writeFile(full));
  }
}

async function blamed<Value>(operation: Promise<Value>): Promise<Value> {
  try {
    return await operation;
  } catch (error) {
    throw new FileSinkError(messageOf(error), { cause: error });
  }
}
