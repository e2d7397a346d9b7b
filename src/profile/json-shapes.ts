import type { NumberColumn } from './number-column.ts';

/**
 * What a reader wants of a JSON document: the shape of the parts that matter, and who is told of them. Whatever has no
 * shape is checked and passed over. A lenient shape lets any other value stand in its place, and is told that there is
 * none; of a key that comes twice the last counts, as for `JSON.parse`.
 */
export type Shape =
  | { readonly kind: 'skipped' }
  | ObjectShape
  | ListShape
  | { readonly kind: 'either'; readonly object: ObjectShape; readonly list: ListShape }
  | NumbersShape
  | NumberShape
  | TextShape
  | LabelShape;

export interface ObjectShape {
  readonly kind: 'object';
  /** By the length of their keys. */
  readonly fields: Fields;
  readonly lenient: boolean;
  begin(): void;
  /** @param fail throws, saying what the object lacks */
  end(fail: Fail): void;
  /** Of an object that comes again and again in the same words. */
  readonly memo?: ObjectMemo;
  /**
   * Of an item of a list: reads one that stands there whole in a form that is known, and perhaps such as follow, each
   * behind a comma; gives the place of the last one's closing bracket, or −1.
   */
  readonly plain?: (start: number, end: number) => number;
}

/** What an object said, by its bytes from bracket to bracket. */
export interface ObjectMemo {
  /** Where its closing bracket stands, if it was known, so that it need not be read; else −1. */
  recall(start: number, end: number): number;
  keep(start: number, end: number): void;
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  readonly lenient: boolean;
  /** Whether a comma may follow the last item, and the document may end without the closing bracket. */
  readonly mayStayOpen?: boolean;
  begin(): void;
}

/** A list of numbers, which all go into a column. */
export interface NumbersShape {
  readonly kind: 'numbers';
  readonly lenient: boolean;
  begin(): NumberColumn;
  /** Whether an item that is no number is passed over, and not an error. */
  readonly mayHoldOthers?: () => boolean;
}

export interface NumberShape {
  readonly kind: 'number';
  readonly lenient: boolean;
  /** @param value NaN where another value stands */
  set(value: number): void;
}

export interface TextShape {
  readonly kind: 'text';
  readonly lenient: boolean;
  /** @param text its number in the reader's `TextTable`, or `NO_TEXT` where another value stands */
  set(text: number): void;
}

/** A text or a number that only names something, so that `7` and `"7"` are the same label. */
export interface LabelShape {
  readonly kind: 'label';
  readonly lenient: true;
  /** @param text the label's number in the reader's `TextTable`, or `NO_TEXT` where another value stands */
  set(text: number): void;
}

export type Fail = (expected: string) => never;

export interface Field {
  readonly key: Uint8Array;
  readonly shape: Shape;
}

export type Fields = readonly (readonly Field[])[];

export const SKIPPED: Shape = { kind: 'skipped' };
export const NO_TEXT = -1;

const encoder = new TextEncoder();

export function fieldsOf(shapes: Readonly<Record<string, Shape>>): Fields {
  const fields: Field[][] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    const key = encoder.encode(name);
    while (fields.length <= key.length) fields.push([]);
    fields[key.length]?.push({ key, shape });
  }
  return fields;
}

export function number(set: (value: number) => void): NumberShape {
  return { kind: 'number', lenient: false, set };
}

export function text(set: (text: number) => void): TextShape {
  return { kind: 'text', lenient: false, set };
}

export function label(set: (text: number) => void): LabelShape {
  return { kind: 'label', lenient: true, set };
}

export function numbers(begin: () => NumberColumn): NumbersShape {
  return { kind: 'numbers', lenient: false, begin };
}

/** The same shape, in whose place any other value may stand. */
export function lenient<Wanted extends Exclude<Shape, { kind: 'skipped' | 'either' }>>(
  shape: Wanted,
): Wanted {
  return { ...shape, lenient: true };
}
