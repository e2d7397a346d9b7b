const FIRST_BLOCK = 256;
/** From here on a block is so large that the system hands out its memory page by page, as it is used, and takes it back whole. */
const SMALL_BLOCK = 1 << 16;
export const LARGE_BLOCK = 1 << 23;
const MEDIUM_BLOCK = 1 << 20;
/** So many numbers are copied rather than kept in a block of their own. */
const FEW = 4096;

export type NumberBlock = Int32Array | Float64Array;

export interface ColumnOptions {
  /** Whether numbers are kept in 8 bytes each from the first on. */
  readonly wide?: boolean;
  /** How many numbers can yet come; memory for more than that is never asked for. */
  readonly atMost?: () => number;
}

/**
 * Numbers in the order in which they come, in blocks, so that growing copies nothing and what was read can be let go
 * block by block: 4 bytes each as long as all are whole and within 32 bits, 8 bytes each from the first that is not.
 */
export class NumberColumn {
  readonly #atMost: () => number;
  readonly #wide: boolean;
  #full: NumberBlock[] = [];
  #fullLength = 0;
  #block: NumberBlock;
  #used = 0;

  constructor({ wide = false, atMost = () => MEDIUM_BLOCK }: ColumnOptions = {}) {
    this.#atMost = atMost;
    this.#wide = wide;
    this.#block = blockOf(FIRST_BLOCK, wide);
  }

  get length(): number {
    return this.#fullLength + this.#used;
  }

  push(value: number): void {
    if (this.#block instanceof Int32Array && (value | 0) !== value) this.#nextBlock(true);
    if (this.#used === this.#block.length) this.#nextBlock(this.isWide);
    this.#block[this.#used] = value;
    this.#used += 1;
  }

  /** Whether numbers take 8 bytes each. */
  get isWide(): boolean {
    return this.#block instanceof Float64Array;
  }

  /** The first `count` of `values`. */
  pushAll(values: NumberBlock, count: number): void {
    if (values instanceof Float64Array && !this.isWide) this.#nextBlock(true);
    for (let from = 0; from < count; ) {
      if (this.#used === this.#block.length) this.#nextBlock(this.isWide);
      const fitting = Math.min(count - from, this.#block.length - this.#used);
      this.#block.set(values.subarray(from, from + fitting), this.#used);
      this.#used += fitting;
      from += fitting;
    }
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
    if (this.isWide && !this.#wide) this.#block = blockOf(FIRST_BLOCK, false);
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

  /** Puts numbers read elsewhere behind these, without a copy. */
  append(blocks: readonly NumberBlock[]): void {
    if (blocks.length === 0) return;
    this.#close();
    for (const block of blocks) this.#keep(block);
  }

  /** All numbers, in order; the column is empty then. */
  takeBlocks(): NumberBlock[] {
    this.#close();
    const blocks = this.#full;
    this.clear();
    return blocks;
  }

  #nextBlock(wide: boolean): void {
    const size = Math.max(FIRST_BLOCK, this.#block.length * 2);
    const grown = size > SMALL_BLOCK && this.length <= 2 * SMALL_BLOCK;
    this.#close();
    if (size <= SMALL_BLOCK) this.#block = blockOf(size, wide);
    else this.#block = this.#largeBlock(wide, grown ? this.length : 0);
    if (!grown) return;
    // What is large is best in one piece: it is worked on where it lies.
    for (const block of this.#full) {
      this.#block.set(block, this.#used);
      this.#used += block.length;
    }
    this.#full = [];
    this.#fullLength = 0;
  }

  #largeBlock(wide: boolean, before: number): NumberBlock {
    try {
      return blockOf(before + Math.max(SMALL_BLOCK, this.#atMost()), wide);
    } catch (error) {
      // More than the system wants to promise at once.
      if (!(error instanceof RangeError)) throw error;
      return blockOf(before + LARGE_BLOCK, wide);
    }
  }

  #close(): void {
    if (this.#used > 0) this.#keep(this.#block.subarray(0, this.#used));
    this.#block = blockOf(0, this.isWide);
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

function blockOf(length: number, wide: boolean): NumberBlock {
  return wide ? new Float64Array(length) : new Int32Array(length);
}
