import { JsonContainers } from './json-containers.ts';
import { JsonCursor } from './json-cursor.ts';
import { NO_TEXT, type ObjectMemo, type ObjectShape, type Shape, SKIPPED } from './json-shapes.ts';
import {
  COLON,
  COMMA_OR_END,
  type JsonState,
  KEY,
  KEY_OR_END,
  NOTHING,
  REST_OF_TEXT,
  VALUE,
  VALUE_OR_END,
  whatMayCome,
} from './json-state.ts';
import { unescaped } from './json-text.ts';
import type { NumberColumn } from './number-column.ts';
import type { PlainKernel } from './plain-kernel.ts';
import { itemOf, mayStayOpen, nameOf, ofKind, shapeOfKey } from './shape-lookup.ts';
import type { TextTable } from './text-table.ts';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const MINUS = 0x2d;

/** A piece that stays in the processor's cache while it is read. */
const PIECE_BYTES = 1 << 18;
const encoder = new TextEncoder();

export interface JsonStreamOptions {
  /** What to call the document in an error. */
  readonly source: string;
  readonly shape: Shape;
  readonly texts: TextTable;
  /** What reads the plain parts of it, if anything does. */
  readonly kernel?: PlainKernel | null;
}

/**
 * Reads a JSON document of any size as it comes in, piece by piece, and hands the wanted parts of it to a shape. What
 * `JSON.parse` refuses is refused; nothing is kept but what the shape keeps, and nesting of any depth costs one bit a level.
 */
export class JsonStream {
  readonly #cursor: JsonCursor;
  readonly #containers = new JsonContainers();
  readonly #texts: TextTable;
  /** Of the value that comes next. */
  #expected: Shape;
  /** What the numbers of the innermost container go to, where it is a list of numbers. */
  #column: NumberColumn | null = null;
  #state: JsonState = VALUE;
  /** Where the object began that may come again. */
  #memoOffset = 0;

  constructor({ source, shape, texts, kernel = null }: JsonStreamOptions) {
    this.#cursor = new JsonCursor(source, kernel);
    this.#expected = shape;
    this.#texts = texts;
  }

  /** @throws OutpaceError MALFORMED_PROFILE saying at which byte, what was expected, and what was found */
  write(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      this.#cursor.window.append(chunk.subarray(from, from + PIECE_BYTES));
      this.#read();
    }
  }

  /** Says that nothing more comes; throws as `write` does. */
  end(): void {
    this.#cursor.ended = true;
    this.#read();
    if (this.#state === NOTHING || this.#isOpenListOnly()) return;
    this.#cursor.window.position = this.#cursor.window.end;
    this.#cursor.fail(this.#whatMayCome());
  }

  /** Whether all that is missing is the closing bracket of a list that may do without. */
  #isOpenListOnly(): boolean {
    const isBetweenItems = this.#state === COMMA_OR_END || this.#state === VALUE;
    return isBetweenItems && this.#containers.depth === 1 && mayStayOpen(this.#containers.inside);
  }

  #read(): void {
    if (!this.#cursor.passByteOrderMark()) return;
    for (;;) {
      if (this.#state === REST_OF_TEXT && !this.#passText(this.#cursor.window.position)) return;
      // A list of one or two has nothing to gain.
      if (this.#state === VALUE) {
        if (this.#column !== null) this.#cursor.plainNumbers(this.#column);
        else if (this.#containers.isUnwantedList) this.#cursor.passPlainNumbers();
      }
      const byte = this.#cursor.nextByte();
      if (byte < 0 || !this.#step(byte)) return;
    }
  }

  /** @returns false where more of the document is needed first */
  #step(byte: number): boolean {
    switch (this.#state) {
      case VALUE_OR_END:
        return byte === CLOSE_BRACKET ? this.#close() : this.#value(byte);
      case VALUE:
        if (byte === CLOSE_BRACKET && mayStayOpen(this.#containers.inside)) return this.#close();
        return this.#value(byte);
      case KEY_OR_END:
        return byte === CLOSE_BRACE ? this.#close() : this.#key(byte);
      case KEY:
        return this.#key(byte);
      case COLON:
        return byte === 0x3a ? this.#advance(VALUE) : this.#cursor.fail('":"');
      case COMMA_OR_END:
        return this.#separator(byte);
      default:
        return this.#cursor.fail('the end of the file');
    }
  }

  #advance(state: JsonState): true {
    this.#cursor.window.position += 1;
    this.#state = state;
    return true;
  }

  #value(byte: number): boolean {
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return this.#open(byte === OPEN_BRACE);
    if (byte === QUOTE) return this.#textValue();
    if (byte === MINUS || (byte >= 0x30 && byte <= 0x39)) return this.#numberValue();
    if (!this.#cursor.wholeLiteral(this.#whatMayCome())) return false;
    this.#other();
    this.#state = this.#afterValue();
    return true;
  }

  #open(isObject: boolean): true {
    const shape = ofKind(this.#expected, isObject);
    this.#column = null;
    if (!isObject && shape.kind === 'numbers') {
      this.#column = shape.begin();
      this.#containers.open(shape, isObject);
    } else if (shape.kind === 'object' && isObject) {
      if (this.#readWhole(shape)) return true;
      shape.begin();
      this.#containers.open(shape, isObject);
    } else if (shape.kind === 'list' && !isObject) {
      shape.begin();
      this.#containers.open(shape, isObject);
    } else {
      this.#other();
      this.#containers.open(SKIPPED, isObject);
    }
    this.#expected = itemOf(this.#containers.inside);
    return this.#advance(isObject ? KEY_OR_END : VALUE_OR_END);
  }

  /** Goes over an object in one go, whose form is known or whose words have been read before. */
  #readWhole({ plain, memo }: ObjectShape): boolean {
    const { position, end } = this.#cursor.window;
    this.#memoOffset = this.#cursor.offset;
    const last = plain?.(position, end) ?? memo?.recall(position, end) ?? -1;
    if (last < 0) return false;
    this.#cursor.window.position = last;
    return this.#advance(this.#afterValue());
  }

  #remember(memo: ObjectMemo): void {
    const { position } = this.#cursor.window;
    const start = position - (this.#cursor.offset - this.#memoOffset);
    if (start >= 0) memo.keep(start, position + 1);
  }

  #close(): true {
    const { inside } = this.#containers;
    this.#column = null;
    this.#containers.close(this.#fail);
    if (inside.kind === 'object' && inside.memo !== undefined) this.#remember(inside.memo);
    return this.#advance(this.#afterValue());
  }

  #separator(byte: number): true {
    const { isObject } = this.#containers;
    if (byte === (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) return this.#close();
    if (byte !== 0x2c) this.#cursor.fail(this.#whatMayCome());
    if (!isObject) this.#expected = itemOf(this.#containers.inside);
    return this.#advance(isObject ? KEY : VALUE);
  }

  #key(byte: number): boolean {
    if (byte !== QUOTE) this.#cursor.fail(this.#whatMayCome());
    const start = this.#cursor.window.position + 1;
    if (!this.#cursor.wholeText()) return false;
    this.#expected = this.#fieldShape(start, this.#cursor.text.end);
    return this.#advance(COLON);
  }

  #fieldShape(start: number, end: number): Shape {
    const { inside } = this.#containers;
    const { bytes } = this.#cursor.window;
    if (inside.kind !== 'object') return SKIPPED;
    if (!this.#cursor.text.escaped) return shapeOfKey(inside, bytes, start, end);
    const plain = encoder.encode(unescaped(bytes, start, end));
    return shapeOfKey(inside, plain, 0, plain.length);
  }

  #textValue(): boolean {
    const shape = this.#expected;
    const start = this.#cursor.window.position + 1;
    if (shape.kind !== 'text' && shape.kind !== 'label') {
      this.#other();
      return this.#passText(start);
    }
    if (!this.#cursor.wholeText()) return false;
    const { end, escaped } = this.#cursor.text;
    const { bytes } = this.#cursor.window;
    shape.set(
      escaped ? this.#texts.ofString(unescaped(bytes, start, end)) : this.#texts.ofBytes(bytes, start, end),
    );
    return this.#advance(this.#afterValue());
  }

  /** Goes over a text that nobody wants, from behind its opening mark or from where it was left. */
  #passText(start: number): boolean {
    if (this.#cursor.passText(start)) return this.#advance(this.#afterValue());
    this.#state = REST_OF_TEXT;
    return false;
  }

  #numberValue(): boolean {
    const shape = this.#expected;
    // An error names the place where an unwanted value begins.
    if (shape.kind !== 'number' && shape.kind !== 'label') this.#other();
    const { bytes, position } = this.#cursor.window;
    if (!this.#cursor.wholeNumber()) return false;
    const { value, end } = this.#cursor.number;
    if (this.#column !== null) this.#column.push(value);
    else if (shape.kind === 'number') shape.set(value);
    else if (shape.kind === 'label') shape.set(this.#labelOf(value, bytes.subarray(position, end)));
    this.#state = this.#afterValue();
    return true;
  }

  /** However it is written; a number of more digits than a double holds is its digits. */
  #labelOf(value: number, digits: Uint8Array): number {
    if (Number.isSafeInteger(value)) return this.#texts.ofString(String(value));
    return this.#texts.ofBytes(digits, 0, digits.length);
  }

  /** Another value than wanted stands here. */
  #other(): void {
    const shape = this.#expected;
    if (shape.kind === 'skipped') return;
    const { inside } = this.#containers;
    if (inside.kind === 'numbers' && inside.mayHoldOthers?.() === true) return;
    const wanted = shape.kind === 'either' || !shape.lenient ? this.#cursor.fail(nameOf(shape)) : shape;
    if (wanted.kind === 'number') wanted.set(Number.NaN);
    else if (wanted.kind === 'text' || wanted.kind === 'label') wanted.set(NO_TEXT);
    else wanted.begin();
  }

  #afterValue(): JsonState {
    return this.#containers.isEmpty ? NOTHING : COMMA_OR_END;
  }

  #whatMayCome(): string {
    return whatMayCome(this.#state, this.#expected, this.#containers.isObject);
  }

  readonly #fail = (expected: string): never => this.#cursor.fail(expected);
}
