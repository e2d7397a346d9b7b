const WORD_BYTES = 8;
const INITIAL_WORDS = 16_384;
const SIZE_BITS = 8;
const LONGEST_BYTES = 2 ** SIZE_BITS - 1;

/** A text of a pool: the index of its first word, and in the lowest eight bits its size in bytes. */
export type Piece = number;

export function sizeOf(piece: Piece): number {
  return piece & LONGEST_BYTES;
}

export function firstWordOf(piece: Piece): number {
  return piece >>> SIZE_BITS;
}

/**
 * Texts in UTF-8, each padded to whole words of eight bytes: copied by the word, a text takes a fraction of the steps.
 *
 * The words are doubles, the widest that a DataView writes without an object. They keep all their bits unless these spell
 * a NaN, which takes a byte 0xff or 0x7f before one of 0xf0 or more, and no text in UTF-8 has that.
 */
export class TextPool {
  #bytes = new Uint8Array(INITIAL_WORDS * WORD_BYTES);
  #usedWords = 0;

  /** @throws RangeError for more than 255 bytes */
  add(text: string): Piece {
    const start = this.#usedWords * WORD_BYTES;
    if (start + LONGEST_BYTES > this.#bytes.byteLength) this.#grow();
    const sizeBytes = this.#encode(text, start);
    if (sizeBytes > LONGEST_BYTES) throw new RangeError(`${JSON.stringify(text)} is too long for the pool`);
    const piece = (this.#usedWords << SIZE_BITS) | sizeBytes;
    this.#usedWords += Math.ceil(sizeBytes / WORD_BYTES);
    return piece;
  }

  /** All texts so far, in memory that threads can share. */
  words(): Float64Array<SharedArrayBuffer> {
    const shared = new Float64Array(new SharedArrayBuffer(this.#usedWords * WORD_BYTES));
    new Uint8Array(shared.buffer).set(this.#bytes.subarray(0, this.#usedWords * WORD_BYTES));
    return shared;
  }

  #encode(text: string, start: number): number {
    if (text.length > LONGEST_BYTES) return text.length;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      // Nearly all are ASCII, for which a call of the encoder takes longer than the text.
      if (code > 0x7e) return new TextEncoder().encodeInto(text, this.#bytes.subarray(start)).written;
      this.#bytes[start + index] = code;
    }
    return text.length;
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.byteLength);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
