import { firstWordOf, type Piece, sizeOf } from './text-pool.ts';

const WORD_BYTES = 8;
const ZERO = '0'.charCodeAt(0);

/** Appends to a buffer of its own; nothing checks its end, so it is made large enough. */
export class ByteWriter {
  readonly #words: Float64Array;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  /**
   * @param words those of the pool that the pieces are of
   * @param capacityBytes what will be written, and one word more, since a piece's padding is written too
   */
  constructor(words: Float64Array, capacityBytes: number) {
    this.#words = words;
    // Not filled with zeros first: that would touch all of the memory twice.
    const { buffer, byteOffset } = Buffer.allocUnsafeSlow(capacityBytes);
    this.#bytes = new Uint8Array(buffer, byteOffset, capacityBytes);
    this.#view = new DataView(buffer, byteOffset, capacityBytes);
  }

  get sizeBytes(): number {
    return this.#at;
  }

  /** What was written, without a copy. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#at);
  }

  piece(piece: Piece): void {
    const end = this.#at + sizeOf(piece);
    let word = firstWordOf(piece);
    for (let at = this.#at; at < end; at += WORD_BYTES) {
      this.#view.setFloat64(at, this.#words[word] ?? 0, true);
      word += 1;
    }
    this.#at = end;
  }

  /** One character of ASCII. */
  character(code: number): void {
    this.#bytes[this.#at] = code;
    this.#at += 1;
  }

  /** A whole number of up to three digits. */
  number(value: number): void {
    if (value >= 100) this.character(ZERO + ((value / 100) | 0));
    if (value >= 10) this.character(ZERO + (((value / 10) | 0) % 10));
    this.character(ZERO + (value % 10));
  }

  /** Takes back what was written after a place. */
  cutTo(sizeBytes: number): void {
    this.#at = sizeBytes;
  }

  endsWith(code: number): boolean {
    return this.#bytes[this.#at - 1] === code;
  }

  /** Puts a character where another one was written before. */
  replace(at: number, code: number): void {
    this.#bytes[at] = code;
  }
}
