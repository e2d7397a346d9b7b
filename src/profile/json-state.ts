import { assertNever } from '../base/assert-never.ts';
import type { Shape } from './json-shapes.ts';
import { nameOf } from './shape-lookup.ts';

/** What may come next in a JSON document. */
export const VALUE = 0;
export const VALUE_OR_END = 1;
export const KEY = 2;
export const KEY_OR_END = 3;
export const COLON = 4;
export const COMMA_OR_END = 5;
export const NOTHING = 6;
export const REST_OF_TEXT = 7;

export type JsonState =
  | typeof VALUE
  | typeof VALUE_OR_END
  | typeof KEY
  | typeof KEY_OR_END
  | typeof COLON
  | typeof COMMA_OR_END
  | typeof NOTHING
  | typeof REST_OF_TEXT;

/** In words, as an error says it. */
export function whatMayCome(state: JsonState, expected: Shape, isInObject: boolean): string {
  switch (state) {
    case KEY_OR_END:
      return 'a key or "}"';
    case KEY:
      return 'a key';
    case COLON:
      return '":"';
    case COMMA_OR_END:
      return isInObject ? '"," or "}"' : '"," or "]"';
    case REST_OF_TEXT:
      return 'the end of a text';
    case VALUE_OR_END:
      return `${nameOf(expected)} or "]"`;
    case NOTHING:
      return 'the end of the file';
    case VALUE:
      return nameOf(expected);
    default:
      return assertNever(state);
  }
}
