import { OutpaceError } from '../base/errors.ts';
import {
  fieldsOf,
  lenient,
  number,
  numbers,
  type ObjectShape,
  type Shape,
  SKIPPED,
  text,
} from './json-shapes.ts';
import { JsonStream } from './json-stream.ts';
import { NumberColumn } from './number-column.ts';
import { TextTable } from './text-table.ts';

/** What a profiler has written, a heap snapshot of V8, or a report of outpace and anything else. */
export type DocumentKind = 'recording' | 'heap snapshot' | 'other';

/** So much is looked at before it is asked again whether it can be told. */
const PIECE_BYTES = 4096;

/** Tells from the first bytes of a JSON document what it is, as soon as a key says so. */
export class KindProbe {
  readonly #stream: JsonStream;
  #kind: DocumentKind | null = null;

  constructor() {
    const set = (kind: DocumentKind) => () => {
      this.#kind ??= kind;
    };
    this.#stream = new JsonStream({ source: 'a document', texts: new TextTable(), shape: rootOf(set) });
  }

  /** @returns null as long as it cannot be told; what is no JSON is no recording */
  write(chunk: Uint8Array): DocumentKind | null {
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

/** Keys that stand in the one and not in the other. */
function rootOf(set: (kind: DocumentKind) => () => void): Shape {
  const recording = set('recording');
  const columnOf = lenient(
    numbers(() => {
      recording();
      return new NumberColumn();
    }),
  );
  const events = { kind: 'list', item: SKIPPED, lenient: true, begin: recording } as const;
  // Many a document has nodes.
  const node = object({ callFrame: object({}, recording) });
  return {
    kind: 'either',
    list: events,
    object: object({
      nodes: { kind: 'list', item: node, lenient: true, begin: () => undefined },
      head: object({ functionName: lenient(text(recording)) }),
      snapshot: object({ meta: object({}, set('heap snapshot')) }),
      traceEvents: events,
      samples: columnOf,
      timeDeltas: columnOf,
      schemaVersion: lenient(number(set('other'))),
      kind: lenient(text(set('other'))),
    }),
  };
}

function object(shapes: Readonly<Record<string, Shape>>, begin = (): void => undefined): ObjectShape {
  return { kind: 'object', lenient: true, fields: fieldsOf(shapes), begin, end: () => undefined };
}
