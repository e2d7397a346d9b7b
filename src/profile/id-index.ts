import type { NumberBlock } from './number-column.ts';

/** From so many times as many numbers as nodes on, ids are too sparse for a table. */
const SPARSE = 4;
const SMALL_TABLE = 4096;
const NONE = -1;

/** Which row an id stands for; ids are any numbers, mostly those from 1 on. */
export class IdIndex {
  readonly #table: Int32Array | null;
  readonly #map = new Map<number, number>();

  /** @param onDuplicate is told of an id that two rows have */
  constructor(blocks: readonly NumberBlock[], onDuplicate: (id: number) => never) {
    const { count, isDense, largest } = extentOf(blocks);
    this.#table =
      isDense && largest < Math.max(SMALL_TABLE, count * SPARSE)
        ? new Int32Array(largest + 1).fill(NONE)
        : null;
    let row = 0;
    for (const block of blocks) {
      for (let index = 0; index < block.length; index += 1) {
        const id = block[index] ?? NONE;
        if (this.rowOf(id) !== NONE) onDuplicate(id);
        this.#set(id, row);
        row += 1;
      }
    }
  }

  /** −1 where no row has it. */
  rowOf(id: number): number {
    return (this.#table === null ? this.#map.get(id) : this.#table[id]) ?? NONE;
  }

  /** Gives every id another row. */
  renumber(rows: Int32Array): void {
    const table = this.#table;
    if (table === null) {
      for (const [id, row] of this.#map) this.#map.set(id, rows[row] ?? NONE);
      return;
    }
    for (let id = 0; id < table.length; id += 1) {
      const row = table[id] ?? NONE;
      if (row !== NONE) table[id] = rows[row] ?? NONE;
    }
  }

  /** The rows of a block of ids, from `at` on in `rows`; gives the place in the block of the first id that has none, or −1. */
  translate(ids: NumberBlock, rows: Int32Array, at: number): number {
    const table = this.#table;
    if (table !== null && ids instanceof Int32Array) return translatePlain(ids, table, { rows, at });
    for (let index = 0; index < ids.length; index += 1) {
      const row = this.rowOf(ids[index] ?? NONE);
      if (row === NONE) return index;
      rows[at + index] = row;
    }
    return NONE;
  }

  #set(id: number, row: number): void {
    if (this.#table === null) this.#map.set(id, row);
    else this.#table[id] = row;
  }
}

function translatePlain(
  ids: Int32Array,
  table: Int32Array,
  { rows, at }: { readonly rows: Int32Array; readonly at: number },
): number {
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? NONE;
    const row = id >= 0 && id < table.length ? (table[id] ?? NONE) : NONE;
    if (row === NONE) return index;
    rows[at + index] = row;
  }
  return NONE;
}

function extentOf(blocks: readonly NumberBlock[]) {
  let count = 0;
  let largest = 0;
  let isDense = true;
  for (const block of blocks) {
    count += block.length;
    const mayBeOdd = !(block instanceof Int32Array);
    for (let index = 0; index < block.length; index += 1) {
      const id = block[index] ?? NONE;
      if (id > largest) largest = id;
      if (id < 0 || (mayBeOdd && !Number.isInteger(id))) isDense = false;
    }
  }
  return { count, isDense, largest };
}
