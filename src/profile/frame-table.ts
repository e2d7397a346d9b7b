import type { Frame } from './model.ts';
import type { TextTable } from './text-table.ts';

const FIRST_SLOTS = 256;
const EMPTY = -1;

/** A place in a script: its two texts by number, its line and column as of a `Frame`. */
export interface Place {
  name: number;
  url: number;
  line: number;
  column: number;
}

/** Each function once, by number, found again by its name and place without a key being made. */
export class FrameTable {
  readonly frames: Frame[] = [];
  readonly #texts: TextTable;
  readonly #places: Place[] = [];
  #slots = new Int32Array(FIRST_SLOTS).fill(EMPTY);

  constructor(texts: TextTable) {
    this.#texts = texts;
  }

  indexOf(place: Readonly<Place>): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(place) & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot] ?? EMPTY;
      if (index === EMPTY) return this.#add(slot, place);
      if (isSame(this.#places[index], place)) return index;
    }
  }

  #add(slot: number, { name, url, line, column }: Readonly<Place>): number {
    const index = this.frames.length;
    this.frames.push({ name: this.#texts.textOf(name), url: this.#texts.textOf(url), line, column });
    this.#places.push({ name, url, line, column });
    this.#slots[slot] = index;
    if (index * 2 > this.#slots.length) this.#rehash();
    return index;
  }

  #rehash(): void {
    const mask = this.#slots.length * 2 - 1;
    const slots = new Int32Array(mask + 1).fill(EMPTY);
    for (const [index, place] of this.#places.entries()) {
      let slot = hashOf(place) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.#slots = slots;
  }
}

function hashOf({ name, url, line, column }: Readonly<Place>): number {
  let hash = Math.imul(name, 0x9e3779b1) ^ Math.imul(url, 0x85ebca77);
  hash = Math.imul(hash ^ line, 0xc2b2ae3d);
  hash = Math.imul(hash ^ column ^ (hash >>> 15), 0x27d4eb2f);
  return hash ^ (hash >>> 13);
}

function isSame(known: Place | undefined, { name, url, line, column }: Readonly<Place>): boolean {
  return (
    known !== undefined &&
    known.name === name &&
    known.url === url &&
    known.line === line &&
    known.column === column
  );
}

/** V8 counts from 0, and gives −1 where there is no place. */
export function fromOne(value: number): number {
  return value >= 0 ? value + 1 : 0;
}
