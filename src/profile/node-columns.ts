import { type NumberBlock, NumberColumn } from './number-column.ts';

/** Nodes as they were read: ids as the writer gave them, in any order, told of their callers or of their callees. */
export class NodeColumns {
  readonly ids = new NumberColumn();
  /** Index into the frames. */
  readonly frames = new NumberColumn();
  /** Who calls whom, as a row of this table and an id each. */
  readonly parents = new Links();
  readonly children = new Links();

  get length(): number {
    return this.ids.length;
  }

  clear(): void {
    this.ids.clear();
    this.frames.clear();
    this.parents.clear();
    this.children.clear();
  }

  /** Adds another's rows behind these; the other is empty then. */
  absorb(other: NodeColumns): void {
    const before = this.length;
    this.ids.absorb(other.ids);
    this.frames.absorb(other.frames);
    this.parents.absorb(other.parents, before);
    this.children.absorb(other.children, before);
  }
}

/** Pairs of a row and the id of another node. */
export class Links {
  readonly #rows = new NumberColumn();
  readonly #ids = new NumberColumn();

  push(row: number, id: number): void {
    this.#rows.push(row);
    this.#ids.push(id);
  }

  /** The first `count` pairs. */
  pushAll({ rows, ids }: { readonly rows: Int32Array; readonly ids: Int32Array }, count: number): void {
    this.#rows.pushAll(rows, count);
    this.#ids.pushAll(ids, count);
  }

  clear(): void {
    this.#rows.clear();
    this.#ids.clear();
  }

  absorb(other: Links, rowsBefore: number): void {
    if (rowsBefore === 0) this.#rows.absorb(other.#rows);
    else other.#rows.visit((row) => this.#rows.push(row + rowsBefore));
    other.#rows.clear();
    this.#ids.absorb(other.#ids);
  }

  /** Empties it, pair by pair. */
  take(each: (row: number, id: number) => void): void {
    const rows = joined(this.#rows.takeBlocks());
    let at = 0;
    for (const block of this.#ids.takeBlocks()) {
      eachPair(rows.subarray(at), block, each);
      at += block.length;
    }
  }
}

/** A block in a call of its own, for which there is compiled code from the second on. */
function eachPair(rows: Int32Array, ids: NumberBlock, each: (row: number, id: number) => void): void {
  for (let index = 0; index < ids.length; index += 1) each(rows[index] ?? 0, ids[index] ?? 0);
}

/** Blocks of whole numbers as one. */
export function joined(blocks: readonly NumberBlock[]): Int32Array {
  const all = new Int32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
