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
      const known = this.#add(block, row);
      if (known !== NONE) onDuplicate(block[known] ?? NONE);
      row += block.length;
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

  /** Gives a block of ids the rows from `row` on; gives the place in it of the first id that has one already, or −1. */
  #add(ids: NumberBlock, row: number): number {
    const table = this.#table;
    if (table !== null && ids instanceof Int32Array) return addPlain(ids, table, row);
    for (let index = 0; index < ids.length; index += 1) {
      const id = ids[index] ?? NONE;
      if (this.rowOf(id) !== NONE) return index;
      if (table === null) this.#map.set(id, row + index);
      else table[id] = row + index;
    }
    return NONE;
  }
}

/** Each block in a call of its own, for which there is compiled code from the second on. */
function addPlain(ids: Int32Array, table: Int32Array, row: number): number {
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? NONE;
    if ((table[id] ?? NONE) !== NONE) return index;
    table[id] = row + index;
  }
  return NONE;
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
  const extent = { count: 0, largest: 0, isDense: true };
  for (const block of blocks) {
    extent.count += block.length;
    if (block instanceof Int32Array) addPlainExtent(block, extent);
    else addExtent(block, extent);
  }
  return extent;
}

interface Extent {
  largest: number;
  /** Whether all are whole and none is negative. */
  isDense: boolean;
}

function addPlainExtent(ids: Int32Array, extent: Extent): void {
  let { largest } = extent;
  let least = 0;
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? 0;
    if (id > largest) largest = id;
    if (id < least) least = id;
  }
  extent.largest = largest;
  if (least < 0) extent.isDense = false;
}

function addExtent(ids: Float64Array, extent: Extent): void {
  for (const id of ids) {
    extent.largest = Math.max(extent.largest, id);
    if (id < 0 || !Number.isInteger(id)) extent.isDense = false;
  }
}
