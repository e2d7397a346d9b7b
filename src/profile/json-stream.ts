import { OutpaceError } from '../base/errors.ts';
import { BitStack } from './bit-stack.ts';
import { ByteWindow } from './byte-window.ts';
import { type NumberToken, readNumber } from './json-number.ts';
import { NO_TEXT, type Shape, SKIPPED } from './json-shapes.ts';
import { scanText, type TextToken, unescaped } from './json-text.ts';
import type { NumberBlock, NumberColumn } from './number-column.ts';
import { type PlainRun, readPlainIntegers } from './plain-integers.ts';
import type { TextTable } from './text-table.ts';

/** What may come next. */
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const COMMA_OR_END = 5;
const NOTHING = 6;
const REST_OF_TEXT = 7;
const ELSEWHERE = 8;

/** A piece that stays in the processor's cache while it is read. */
const PIECE_BYTES = 1 << 18;
/** No name of a function and no url is so long; a number or a text that is passed over has no limit. */
const LONGEST_TOKEN_BYTES = 1 << 24;
/** So many numbers are read at a time, and stay in the cache. */
const PLAIN_NUMBERS = 4096;
const LITERALS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

/** A list of numbers that was read apart from its document. */
export interface ReadList {
  readonly blocks: readonly NumberBlock[];
  /** Of the byte behind its bracket. */
  readonly endOffset: number;
}

export interface JsonStreamOptions {
  /** What to call the document in an error. */
  readonly source: string;
  readonly shape: Shape;
  readonly texts: TextTable;
  /** Whether something else may stand behind the document, which is not read then. */
  readonly endsEarly?: boolean;
}

/**
 * Reads a JSON document of any size as it comes in, piece by piece, and hands the wanted parts of it to a shape. What
 * `JSON.parse` refuses is refused; nothing is kept but what the shape keeps, and nesting of any depth costs one bit a level.
 */
export class JsonStream {
  readonly #source: string;
  readonly #texts: TextTable;
  readonly #endsEarly: boolean;
  readonly #window = new ByteWindow();
  /** Of each open container, whether it is an object. */
  readonly #objects = new BitStack();
  /** Of each open container that has a shape; what lies in one that has none is only counted. */
  readonly #shapes: Shape[] = [];
  readonly #number: NumberToken = { value: 0, end: 0, valid: false };
  readonly #text: TextToken = { end: 0, state: 'open', escaped: false };
  readonly #run: PlainRun = { position: 0, count: 0 };
  readonly #plain = new Int32Array(PLAIN_NUMBERS);
  #skippedDepth = 0;
  /** The innermost container's shape, and that of the value that comes next. */
  #inside: Shape = SKIPPED;
  #expected: Shape;
  #column: NumberColumn | null = null;
  #state = VALUE;
  #ended = false;

  constructor({ source, shape, texts, endsEarly = false }: JsonStreamOptions) {
    this.#endsEarly = endsEarly;
    this.#source = source;
    this.#expected = shape;
    this.#texts = texts;
  }

  /** Where the list begins that somebody else reads; null as long as reading goes on here. */
  get elsewhere(): number | null {
    return this.#state === ELSEWHERE ? this.#offset() : null;
  }

  /** Where the document ends, its last bracket included; null as long as it does not. */
  get endOffset(): number | null {
    return this.#state === NOTHING ? this.#offset() : null;
  }

  /** Goes on behind a list that somebody else has read, whose numbers go to its column, or reads it after all. */
  resume(read: ReadList | null): void {
    const shape = this.#expected;
    const start = this.elsewhere;
    if (start === null || shape.kind !== 'numbers') throw new RangeError('no list is read elsewhere');
    this.#window.leap(read?.endOffset ?? start);
    if (read === null) {
      const { isElsewhere: _, ...here } = shape;
      this.#expected = here;
      this.#state = VALUE;
    } else {
      shape.begin().append(read.blocks);
      this.#state = this.#afterValue();
    }
  }

  /**
   * @returns whether more is wanted: not while a list is read elsewhere
   * @throws OutpaceError MALFORMED_PROFILE saying at which byte, what was expected, and what was found
   */
  write(chunk: Uint8Array): boolean {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      if (this.#state === ELSEWHERE || (this.#state === NOTHING && this.#endsEarly)) return false;
      this.#window.append(chunk.subarray(from, from + PIECE_BYTES));
      this.#read();
    }
    return this.#state !== ELSEWHERE;
  }

  /** Says that nothing more comes; throws as `write` does. */
  end(): void {
    this.#ended = true;
    this.#read();
    if (this.#state === NOTHING) return;
    this.#window.position = this.#window.end;
    this.#fail(this.#whatMayCome());
  }

  #read(): void {
    for (;;) {
      if (this.#state === REST_OF_TEXT && !this.#passText(this.#window.position)) return;
      if (this.#column !== null && this.#state <= VALUE_OR_END) this.#readPlain(this.#column);
      const byte = this.#nextByte();
      if (byte < 0 || !this.#step(byte)) return;
    }
  }

  /** @returns false where more of the document is needed first */
  #step(byte: number): boolean {
    switch (this.#state) {
      case VALUE_OR_END:
        if (byte === 0x5d) return this.#close();
        return this.#value(byte);
      case VALUE:
        return this.#value(byte);
      case KEY_OR_END:
        if (byte === 0x7d) return this.#close();
        return this.#key(byte);
      case KEY:
        return this.#key(byte);
      case COLON:
        if (byte !== 0x3a) this.#fail('":"');
        return this.#advance(VALUE);
      case COMMA_OR_END:
        return this.#separator(byte);
      case ELSEWHERE:
        return false;
      default:
        return this.#endsEarly ? false : this.#fail('the end of the file');
    }
  }

  #offset(): number {
    return this.#window.offsetOf(this.#window.position);
  }

  #advance(state: number): true {
    this.#window.position += 1;
    this.#state = state;
    return true;
  }

  /** The next byte that is no blank, where reading stands then; −1 where there is none yet. */
  #nextByte(): number {
    const { bytes, end } = this.#window;
    let at = this.#window.position;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.#window.position = at;
        return byte;
      }
      at += 1;
    }
    this.#window.position = at;
    return -1;
  }

  #readPlain(column: NumberColumn): void {
    const { bytes, view, end } = this.#window;
    const out = this.#plain;
    this.#run.position = this.#window.position;
    for (;;) {
      readPlainIntegers(bytes, view, { run: this.#run, end, out });
      if (this.#run.count === 0) return;
      column.pushWhole(out, this.#run.count);
      this.#window.position = this.#run.position;
      this.#state = VALUE;
    }
  }

  #value(byte: number): boolean {
    if (byte === 0x7b || byte === 0x5b) return this.#open(byte === 0x7b);
    if (byte === 0x22) return this.#textValue();
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return this.#numberValue();
    return this.#literal();
  }

  #open(isObject: boolean): true {
    const shape = ofKind(this.#expected, isObject);
    const fits = isObject ? shape.kind === 'object' : shape.kind === 'list' || shape.kind === 'numbers';
    this.#column = null;
    if (shape.kind === 'numbers' && fits && shape.isElsewhere?.(this.#offset()) === true) {
      this.#state = ELSEWHERE;
      return true;
    }
    if (fits) {
      this.#shapes.push(shape);
      this.#inside = shape;
      if (shape.kind === 'numbers') this.#column = shape.begin();
      else if (shape.kind === 'object' || shape.kind === 'list') shape.begin();
    } else {
      this.#other(shape);
      this.#skippedDepth += 1;
      this.#inside = SKIPPED;
    }
    this.#objects.push(isObject);
    this.#expected = itemOf(this.#inside);
    return this.#advance(isObject ? KEY_OR_END : VALUE_OR_END);
  }

  #close(): true {
    this.#objects.pop();
    this.#column = null;
    if (this.#skippedDepth > 0) this.#skippedDepth -= 1;
    else {
      const shape = this.#shapes.pop();
      if (shape?.kind === 'object') shape.end(this.#failing);
    }
    this.#inside = this.#skippedDepth > 0 ? SKIPPED : (this.#shapes.at(-1) ?? SKIPPED);
    return this.#advance(this.#afterValue());
  }

  #separator(byte: number): true {
    const isObject = this.#objects.top;
    if (byte === (isObject ? 0x7d : 0x5d)) return this.#close();
    if (byte !== 0x2c) this.#fail(this.#whatMayCome());
    if (!isObject) this.#expected = itemOf(this.#inside);
    return this.#advance(isObject ? KEY : VALUE);
  }

  #key(byte: number): boolean {
    if (byte !== 0x22) this.#fail(this.#whatMayCome());
    const { bytes, position, end } = this.#window;
    scanText(bytes, { start: position + 1, end, into: this.#text });
    if (!this.#isWhole()) return false;
    this.#expected = this.#fieldShape(bytes, position + 1, this.#text.end);
    this.#window.position = this.#text.end;
    return this.#advance(COLON);
  }

  #fieldShape(bytes: Uint8Array, start: number, end: number): Shape {
    if (this.#inside.kind !== 'object') return SKIPPED;
    if (this.#text.escaped) {
      const plain = encoder.encode(unescaped(bytes, start, end));
      return shapeOfKey(this.#inside, plain, { start: 0, end: plain.length });
    }
    return shapeOfKey(this.#inside, bytes, { start, end });
  }

  #textValue(): boolean {
    const { bytes, position, end } = this.#window;
    const shape = this.#expected;
    if (shape.kind !== 'text') {
      this.#other(shape);
      return this.#passText(position + 1);
    }
    scanText(bytes, { start: position + 1, end, into: this.#text });
    if (!this.#isWhole()) return false;
    const text = this.#text.escaped
      ? this.#texts.ofString(unescaped(bytes, position + 1, this.#text.end))
      : this.#texts.ofBytes(bytes, position + 1, this.#text.end);
    shape.set(text);
    this.#window.position = this.#text.end;
    return this.#advance(this.#afterValue());
  }

  /** Goes over a text that nobody wants, from behind its opening mark or from where it was left. */
  #passText(start: number): boolean {
    const { bytes, end } = this.#window;
    scanText(bytes, { start, end, into: this.#text });
    this.#window.position = this.#text.end;
    if (this.#text.state === 'wrong') this.#fail('a text');
    if (this.#text.state === 'closed') return this.#advance(this.#afterValue());
    this.#state = REST_OF_TEXT;
    return false;
  }

  /** Whether the text that was scanned has its end; throws where it cannot come to one. */
  #isWhole(): boolean {
    if (this.#text.state === 'closed') return true;
    const { position, end } = this.#window;
    if (this.#text.state === 'wrong') {
      this.#window.position = this.#text.end;
      this.#fail('a text');
    }
    if (end - position > LONGEST_TOKEN_BYTES) this.#fail(`a text of at most ${LONGEST_TOKEN_BYTES} bytes`);
    return false;
  }

  #numberValue(): boolean {
    const { bytes, position, end } = this.#window;
    readNumber(bytes, { start: position, end, into: this.#number });
    if (this.#number.end === end && !this.#ended) {
      if (end - position > LONGEST_TOKEN_BYTES)
        this.#fail(`a number of at most ${LONGEST_TOKEN_BYTES} bytes`);
      return false;
    }
    if (!this.#number.valid) {
      this.#window.position = this.#number.end;
      this.#fail('a digit');
    }
    if (this.#column !== null) this.#column.push(this.#number.value);
    else if (this.#expected.kind === 'number') this.#expected.set(this.#number.value);
    else this.#other(this.#expected);
    this.#window.position = this.#number.end;
    this.#state = this.#afterValue();
    return true;
  }

  #literal(): boolean {
    const { bytes, position, end } = this.#window;
    const word = LITERALS.find(([first]) => first === bytes[position]);
    if (word === undefined) return this.#fail(this.#whatMayCome());
    for (const [index, letter] of word.entries()) {
      if (position + index === end) return false;
      if (bytes[position + index] !== letter) this.#fail(this.#whatMayCome());
    }
    this.#other(this.#expected);
    this.#window.position += word.length;
    this.#state = this.#afterValue();
    return true;
  }

  /** Another value than wanted stands here. */
  #other(shape: Shape): void {
    if (shape.kind === 'skipped') return;
    const wanted = shape.kind === 'either' || !shape.lenient ? this.#fail(nameOf(shape)) : shape;
    if (wanted.kind === 'number') wanted.set(Number.NaN);
    else if (wanted.kind === 'text') wanted.set(NO_TEXT);
    else wanted.begin();
  }

  #afterValue(): number {
    return this.#objects.depth === 0 ? NOTHING : COMMA_OR_END;
  }

  #whatMayCome(): string {
    switch (this.#state) {
      case KEY_OR_END:
        return 'a key or "}"';
      case KEY:
        return 'a key';
      case COLON:
        return '":"';
      case COMMA_OR_END:
        return this.#objects.top ? '"," or "}"' : '"," or "]"';
      case REST_OF_TEXT:
        return 'the end of a text';
      case VALUE_OR_END:
        return `${nameOf(this.#expected)} or "]"`;
      default:
        return nameOf(this.#expected);
    }
  }

  readonly #failing = (expected: string): never => this.#fail(expected);

  #fail(expected: string): never {
    const { bytes, position, end } = this.#window;
    const byte = bytes[position] ?? 0;
    const mark =
      byte > 0x20 && byte < 0x7f
        ? JSON.stringify(String.fromCharCode(byte))
        : `byte 0x${byte.toString(16).padStart(2, '0')}`;
    const found = position < end ? mark : 'the end of the file';
    const at = this.#window.offsetOf(position).toLocaleString('en');
    throw new OutpaceError(
      'MALFORMED_PROFILE',
      `${this.#source} is not a usable profile: at byte ${at}: expected ${expected}, found ${found}`,
    );
  }
}

const encoder = new TextEncoder();
const NUMBER_ITEM: Shape = { kind: 'number', lenient: false, set: () => undefined };

function ofKind(shape: Shape, isObject: boolean): Shape {
  if (shape.kind !== 'either') return shape;
  return isObject ? shape.object : shape.list;
}

function itemOf(container: Shape): Shape {
  if (container.kind === 'list') return container.item;
  return container.kind === 'numbers' ? NUMBER_ITEM : SKIPPED;
}

function shapeOfKey(
  { fields }: Extract<Shape, { kind: 'object' }>,
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
): Shape {
  for (const { key, shape } of fields) if (isKey(key, bytes, start, end)) return shape;
  return SKIPPED;
}

function isKey(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (key.length !== end - start) return false;
  for (let at = 0; at < key.length; at += 1) if (key[at] !== bytes[start + at]) return false;
  return true;
}

function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case 'object':
      return 'an object';
    case 'list':
      return 'a list';
    case 'either':
      return 'an object or a list';
    case 'numbers':
      return 'a list of numbers';
    case 'number':
      return 'a number';
    case 'text':
      return 'a text';
    default:
      return 'a value';
  }
}
