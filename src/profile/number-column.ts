const FIRST_BLOCK = 256;
const LARGEST_BLOCK = 1 << 18;
/** So many numbers are copied rather than kept in a block of their own. */
const FEW = 4096;

export type NumberBlock = Int32Array | Float64Array;

/**
 * Numbers in the order in which they come, in blocks, so that growing copies nothing and what was read can be let go
 * block by block: 4 bytes each as long as all are whole and within 32 bits, 8 bytes each from the first that is not.
 */
export class NumberColumn {
  #full: NumberBlock[] = [];
  #fullLength = 0;
  #block: NumberBlock = new Int32Array(FIRST_BLOCK);
  #used = 0;
  #size = FIRST_BLOCK;

  get length(): number {
    return this.#fullLength + this.#used;
  }

  push(value: number): void {
    if (this.#block instanceof Int32Array && (value | 0) !== value) this.#turnWide();
    if (this.#used === this.#block.length) this.#nextBlock();
    this.#block[this.#used] = value;
    this.#used += 1;
  }

  /** Room for whole numbers, to be filled from the front and then told of by `took`; null where they are not kept as such. */
  room(): Int32Array | null {
    if (!(this.#block instanceof Int32Array)) return null;
    if (this.#used === this.#block.length) this.#nextBlock();
    return this.#block.subarray(this.#used);
  }

  took(count: number): void {
    this.#used += count;
  }

  visit(each: (value: number) => void): void {
    for (const block of this.#full) for (const value of block) each(value);
    for (let index = 0; index < this.#used; index += 1) each(this.#block[index] ?? 0);
  }

  /** Forgets all numbers and keeps the room for them. */
  clear(): void {
    this.#full = [];
    this.#fullLength = 0;
    this.#used = 0;
  }

  /** Puts numbers read elsewhere behind these, without a copy. */
  append(blocks: readonly NumberBlock[]): void {
    this.#close();
    for (const block of blocks) this.#keep(block);
  }

  /** Puts another's numbers behind these; the other is empty then. */
  absorb(other: NumberColumn): void {
    if (other.length >= FEW) {
      this.append(other.takeBlocks());
      return;
    }
    other.visit((value) => this.push(value));
    other.clear();
  }

  /** All numbers, in order; the column is empty then. */
  takeBlocks(): NumberBlock[] {
    this.#close();
    const blocks = this.#full;
    this.clear();
    return blocks;
  }

  #turnWide(): void {
    this.#close();
    this.#block = new Float64Array(this.#size);
  }

  #nextBlock(): void {
    const wide = this.#block instanceof Float64Array;
    this.#close();
    this.#size = Math.min(LARGEST_BLOCK, this.#size * 2);
    this.#block = wide ? new Float64Array(this.#size) : new Int32Array(this.#size);
  }

  #close(): void {
    if (this.#used > 0)
      this.#keep(this.#used < this.#block.length ? this.#block.slice(0, this.#used) : this.#block);
    this.#block = this.#block instanceof Int32Array ? new Int32Array(0) : new Float64Array(0);
    this.#used = 0;
  }

  #keep(block: NumberBlock): void {
    this.#full.push(block);
    this.#fullLength += block.length;
  }
}

/** Lets a block's memory go at once, not when the collector comes to it. */
export function release(block: NumberBlock): void {
  if (block.buffer instanceof ArrayBuffer) block.buffer.transfer(0);
}
