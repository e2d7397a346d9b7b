import { OutpaceError } from '../base/errors.ts';
import { ByteWindow } from './byte-window.ts';
import { type NumberToken, readNumber } from './json-number.ts';
import { scanText, type TextToken } from './json-text.ts';
import type { NumberColumn } from './number-column.ts';
import type { PlainKernel } from './plain-kernel.ts';

/** No name of a function and no url is so long, and no number; a text that is passed over has no limit. */
const LONGEST_TOKEN_BYTES = 1 << 24;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const LITERALS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

/**
 * Where reading of a JSON document stands, and the tokens from there on. Each of them is told of only when it is whole:
 * what gives false wants more of the document first, and begins anew then.
 */
export class JsonCursor {
  readonly window: ByteWindow;
  /** What was read last. */
  readonly number: NumberToken = { start: 0, limit: 0, value: 0, end: 0, valid: false };
  readonly text: TextToken = { start: 0, limit: 0, end: 0, state: 'open', escaped: false };
  /** Whether nothing more comes. */
  ended = false;
  readonly #source: string;
  readonly #kernel: PlainKernel | null;

  /** @param source what to call the document in an error */
  constructor(source: string, kernel: PlainKernel | null) {
    this.#source = source;
    this.#kernel = kernel;
    this.window = new ByteWindow(kernel);
  }

  get offset(): number {
    return this.window.offsetOf(this.window.position);
  }

  /** Goes over the mark that some editors put before UTF-8 text; false where more bytes are needed to tell. */
  passByteOrderMark(): boolean {
    const { bytes, position, end } = this.window;
    if (this.offset > 0 || end === position || bytes[position] !== BYTE_ORDER_MARK[0]) return true;
    if (end - position < BYTE_ORDER_MARK.length && !this.ended) return false;
    if (BYTE_ORDER_MARK.every((byte, index) => bytes[position + index] === byte))
      this.window.position += BYTE_ORDER_MARK.length;
    return true;
  }

  /** The next byte that is no blank, where reading stands then; −1 where there is none yet. */
  nextByte(): number {
    const { bytes, end } = this.window;
    let at = this.window.position;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.window.position = at;
        return byte;
      }
      at += 1;
    }
    this.window.position = at;
    return -1;
  }

  /** Reads the numbers of a list as far as they are plain, each with its comma. */
  plainNumbers(column: NumberColumn): void {
    const kernel = this.#kernel;
    if (kernel === null) return;
    for (let count = -1; count !== 0; ) {
      const { isWide } = column;
      count = kernel.readIntegers(this.window.position, this.window.end, isWide);
      column.pushAll(isWide ? kernel.wideNumbers : kernel.numbers, count);
      this.window.position = kernel.position;
    }
  }

  /** Goes over such numbers that nobody wants. */
  passPlainNumbers(): void {
    const kernel = this.#kernel;
    if (kernel === null) return;
    while (kernel.readIntegers(this.window.position, this.window.end, false) > 0)
      this.window.position = kernel.position;
  }

  /** Reads a text from its opening mark to its closing one, where reading stands then. */
  wholeText(): boolean {
    const { bytes, position, end } = this.window;
    this.text.start = position + 1;
    this.text.limit = end;
    scanText(bytes, this.text);
    if (this.text.state === 'open') return this.#isShortEnough();
    this.window.position = this.text.end;
    if (this.text.state === 'wrong') this.fail('a text');
    return true;
  }

  /** Goes over a text that nobody wants, as far as it is there; gives whether its closing mark is. */
  passText(start: number): boolean {
    const { bytes, end } = this.window;
    this.text.start = start;
    this.text.limit = end;
    scanText(bytes, this.text);
    this.window.position = this.text.end;
    if (this.text.state === 'wrong') this.fail('a text');
    return this.text.state === 'closed';
  }

  wholeNumber(): boolean {
    const { bytes, position, end } = this.window;
    this.number.start = position;
    this.number.limit = end;
    readNumber(bytes, this.number);
    if (this.number.end === end && !this.ended) return this.#isShortEnough();
    this.window.position = this.number.end;
    if (!this.number.valid) this.fail('a digit');
    return true;
  }

  /** Reads `true`, `false` or `null`. */
  wholeLiteral(expected: string): boolean {
    const { bytes, position, end } = this.window;
    const word = LITERALS.find(([first]) => first === bytes[position]);
    if (word === undefined) return this.fail(expected);
    for (const [index, letter] of word.entries()) {
      if (position + index === end) return false;
      if (bytes[position + index] !== letter) this.fail(expected);
    }
    this.window.position += word.length;
    return true;
  }

  fail(expected: string): never {
    const { bytes, position, end } = this.window;
    const byte = bytes[position] ?? 0;
    const isPrintable = byte > 0x20 && byte < 0x7f;
    const mark = isPrintable
      ? JSON.stringify(String.fromCharCode(byte))
      : `byte 0x${byte.toString(16).padStart(2, '0')}`;
    const found = position < end ? mark : 'the end of the file';
    throw new OutpaceError(
      'MALFORMED_PROFILE',
      `${this.#source} is not a usable profile: at byte ${this.offset.toLocaleString('en')}: expected ${expected}, found ${found}`,
    );
  }

  /** Always false; throws where a token is too long to be waited for. */
  #isShortEnough(): false {
    const { position, end } = this.window;
    if (end - position > LONGEST_TOKEN_BYTES)
      this.fail(`a text or a number of at most ${LONGEST_TOKEN_BYTES} bytes`);
    return false;
  }
}
