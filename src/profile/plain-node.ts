import type { ByteMemo } from './byte-memo.ts';

const ID = keyOf('{"id":');
const CALL_FRAME = keyOf(',"callFrame":');
const HIT_COUNT = keyOf(',"hitCount":');
const CHILDREN = keyOf(',"children":[');
const DEOPT_REASON = keyOf(',"deoptReason":"');
const POSITION_TICKS = keyOf(',"positionTicks":[');
const LINE = keyOf('{"line":');
const TICKS = keyOf(',"ticks":');

const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
const MOST_CHILDREN = 256;
const MOST_DIGITS = 9;
const NOT_SO = -1;

/**
 * A node in the very form in which V8 writes it: its keys in their order, no blanks, its function one that is known. Most
 * are, and are read in a quarter of the time; of any other nothing is read here.
 */
export class PlainNode {
  id = 0;
  /** Of its function, as it was kept in the memo. */
  frame = 0;
  readonly children = new Int32Array(MOST_CHILDREN);
  childCount = 0;
  readonly #functions: ByteMemo;
  #number = 0;

  constructor(functions: ByteMemo) {
    this.#functions = functions;
  }

  /**
   * Called for each of millions of nodes, hence without an object for its arguments.
   *
   * @returns the place of its closing brace; −1 where it is not so plain, or not there whole
   */
  read(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    this.childCount = 0;
    let at = this.#numberAfter(bytes, view, start, ID);
    if (at < 0) return NOT_SO;
    this.id = this.#number;
    if (!isThere(view, at, CALL_FRAME)) return NOT_SO;
    at = this.#functions.recall(view, at + CALL_FRAME.length, end) + 1;
    if (at === 0) return NOT_SO;
    this.frame = this.#functions.value;
    if (isThere(view, at, HIT_COUNT)) at = this.#numberAfter(bytes, view, at, HIT_COUNT);
    if (at >= 0 && isThere(view, at, CHILDREN)) at = this.#readChildren(bytes, at + CHILDREN.length);
    if (at >= 0 && isThere(view, at, DEOPT_REASON)) at = behindText(bytes, at + DEOPT_REASON.length, end);
    if (at >= 0 && isThere(view, at, POSITION_TICKS))
      at = this.#passTicks(bytes, view, at + POSITION_TICKS.length);
    // What lies behind the end is of an earlier piece: it is as if it had not been looked at.
    return at >= 0 && at < end && bytes[at] === CLOSE_BRACE ? at : NOT_SO;
  }

  /** @returns the place behind the list's bracket */
  #readChildren(bytes: Uint8Array, start: number): number {
    for (let at = start; this.childCount < MOST_CHILDREN; at += 1) {
      at = this.#readNumber(bytes, at);
      if (at < 0) return NOT_SO;
      this.children[this.childCount] = this.#number;
      this.childCount += 1;
      if (bytes[at] === CLOSE_BRACKET) return at + 1;
      if (bytes[at] !== COMMA) return NOT_SO;
    }
    return NOT_SO;
  }

  #passTicks(bytes: Uint8Array, view: DataView, start: number): number {
    for (let at = start; ; at += 1) {
      at = this.#numberAfter(bytes, view, at, LINE);
      if (at >= 0) at = this.#numberAfter(bytes, view, at, TICKS);
      if (at < 0 || bytes[at] !== CLOSE_BRACE) return NOT_SO;
      at += 1;
      if (bytes[at] === CLOSE_BRACKET) return at + 1;
      if (bytes[at] !== COMMA) return NOT_SO;
    }
  }

  #numberAfter(bytes: Uint8Array, view: DataView, start: number, key: Key): number {
    return isThere(view, start, key) ? this.#readNumber(bytes, start + key.length) : NOT_SO;
  }

  /** @returns the place behind the number, which goes to `#number` */
  #readNumber(bytes: Uint8Array, start: number): number {
    let value = 0;
    let at = start;
    for (; at - start < MOST_DIGITS; at += 1) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const digits = at - start;
    if (digits === 0 || digits === MOST_DIGITS || (digits > 1 && bytes[start] === 0x30)) return NOT_SO;
    this.#number = value;
    return at;
  }
}

/** What stands between two values, four bytes at a time; the last four perhaps overlap those before. */
interface Key {
  readonly length: number;
  readonly offsets: readonly number[];
  readonly words: readonly number[];
}

function keyOf(text: string): Key {
  const bytes = new TextEncoder().encode(text);
  const { length } = bytes;
  const offsets = Array.from({ length: Math.ceil(length / 4) }, (_, index) =>
    Math.min(index * 4, length - 4),
  );
  const view = new DataView(bytes.buffer);
  return { length, offsets, words: offsets.map((offset) => view.getInt32(offset)) };
}

function isThere(view: DataView, at: number, { length, offsets, words }: Key): boolean {
  if (at + length > view.byteLength) return false;
  for (let index = 0; index < words.length; index += 1)
    if (view.getInt32(at + (offsets[index] ?? 0)) !== words[index]) return false;
  return true;
}

/** The place behind a text's closing mark, if nothing in it is escaped. */
function behindText(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) return at + 1;
    if (byte < 0x20 || byte === 0x5c) return NOT_SO;
  }
  return NOT_SO;
}
