import { OutpaceError } from '../base/errors.ts';
import { isFoldedLine } from './folded-document.ts';
import { fieldsOf, lenient, number, type ObjectShape, type Shape, SKIPPED, text } from './json-shapes.ts';
import { JsonStream } from './json-stream.ts';
import {
  type DocumentKind,
  FOREIGN_FORMATS,
  type Mark,
  PROFILE_FORMATS,
  REPORT_MARKS,
} from './profile-formats.ts';
import { TextTable } from './text-table.ts';

/** So much is looked at before it is asked again whether the kind is known. */
const PIECE_BYTES = 4096;

/**
 * Finds out from the first bytes of a document what it is: JSON by its keys, text by a line that is a stack with its
 * count, anything else that is not text by being binary.
 */
export class KindProbe {
  readonly #stream: JsonStream;
  #kind: DocumentKind | null = null;
  #hasBegun = false;

  constructor() {
    const found = (kind: DocumentKind) => () => {
      this.#kind ??= kind;
    };
    const shape = shapeOf([
      ...[...PROFILE_FORMATS, ...FOREIGN_FORMATS].flatMap(({ kind, marks = [] }) =>
        marks.map((mark) => ({ mark, found: found(kind) })),
      ),
      ...REPORT_MARKS.map((mark) => ({ mark, found: found('other') })),
    ]);
    this.#stream = new JsonStream({ source: 'a document', texts: new TextTable(), shape });
  }

  /** @returns null as long as it is not known */
  write(chunk: Uint8Array): DocumentKind | null {
    if (!this.#hasBegun && !isJson(chunk)) this.#kind = kindOfOther(chunk);
    this.#hasBegun = true;
    try {
      for (let from = 0; from < chunk.length && this.#kind === null; from += PIECE_BYTES)
        this.#stream.write(chunk.subarray(from, from + PIECE_BYTES));
    } catch (error) {
      if (!(error instanceof OutpaceError)) throw error;
      this.#kind ??= 'other';
    }
    return this.#kind;
  }
}

/** Whether it begins as the JSON documents of profilers do. */
function isJson(chunk: Uint8Array): boolean {
  const [line = ''] = new TextDecoder().decode(chunk.subarray(0, PIECE_BYTES)).trimStart().split('\n', 1);
  return /^(?:[{[]|$)/.test(line) && !(IN_BRACKETS.test(line) && isFoldedLine(line));
}

/** A frame such as `[unknown]` or `{closure}`, with which folded stacks may begin. */
const IN_BRACKETS = /^(?:\[[^\]"{[]*\]|\{[^}"]*\})/;

/** A control character that text does not have. */
const BINARY = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

function kindOfOther(chunk: Uint8Array): DocumentKind {
  const text = new TextDecoder().decode(chunk);
  if (BINARY.test(text.slice(0, PIECE_BYTES))) return 'pprof';
  const foreign = FOREIGN_FORMATS.find((format) => format.text?.test(text.slice(0, PIECE_BYTES)));
  if (foreign !== undefined) return foreign.kind;
  return text.split('\n').some(isFoldedLine) ? 'folded stacks' : 'other';
}

interface SoughtMark {
  readonly mark: Mark;
  readonly found: () => void;
}

/** A shape that is told of each mark where it stands. */
function shapeOf(sought: readonly SoughtMark[]): Shape {
  const here = sought.find(({ mark }) => mark.path.length === 0);
  const begin = here?.found ?? (() => undefined);
  if (here?.mark.is === 'text') return lenient(text(begin));
  if (here?.mark.is === 'number') return lenient(number(begin));
  const [items, keyed] = [below(sought, '[]'), sought.filter(({ mark }) => mark.path[0] !== '[]')];
  const list = {
    kind: 'list',
    lenient: true,
    item: items.length === 0 ? SKIPPED : shapeOf(items),
    begin: here?.mark.is === 'list' ? begin : () => undefined,
  } as const;
  const keys = [...new Set(keyed.flatMap(({ mark }) => mark.path.slice(0, 1)))];
  const object: ObjectShape = {
    kind: 'object',
    lenient: true,
    fields: fieldsOf(Object.fromEntries(keys.map((key) => [key, shapeOf(below(sought, key))]))),
    begin: here?.mark.is === 'object' ? begin : () => undefined,
    end: () => undefined,
  };
  if (keys.length === 0 && here?.mark.is !== 'object') return list;
  return items.length === 0 && here?.mark.is !== 'list' ? object : { kind: 'either', object, list };
}

function below(sought: readonly SoughtMark[], key: string): SoughtMark[] {
  return sought
    .filter(({ mark }) => mark.path[0] === key)
    .map(({ mark, found }) => ({ mark: { ...mark, path: mark.path.slice(1) }, found }));
}
