import { CpuProfileDocument, type CpuProfileOptions } from './cpu-profile-shape.ts';
import { fieldsOf, type Shape } from './json-shapes.ts';
import { JsonStream, type ReadList } from './json-stream.ts';
import type { RecordedThread } from './model.ts';
import { refusalOf } from './refusal.ts';
import { TextTable } from './text-table.ts';
import { TraceDocument } from './trace-document.ts';

export interface ReaderOptions extends Pick<CpuProfileOptions, 'isElsewhere'> {
  /** Of the whole document, where it is known: memory is then asked for once. */
  readonly sizeBytes?: number;
}

/**
 * Reads a recording as its bytes come in: a `.cpuprofile`, or a trace with the profiles of several threads, as a list of
 * events or as an object with `traceEvents`. Key order, blanks and unknown keys do not matter; what `JSON.parse` refuses is
 * refused.
 */
export class RecordingReader {
  readonly #source: string;
  readonly #profile: CpuProfileDocument;
  readonly #trace: TraceDocument;
  readonly #stream: JsonStream;
  #written = 0;

  /** @param source what to call it in an error */
  constructor(source: string, { sizeBytes, isElsewhere }: ReaderOptions = {}) {
    const texts = new TextTable();
    this.#source = source;
    // A number takes two bytes at least, its comma among them.
    const atMost = () => Math.ceil(((sizeBytes ?? 0) - this.#written) / 2) + 1;
    this.#profile = new CpuProfileDocument(texts, {
      atMost: sizeBytes === undefined ? undefined : atMost,
      isElsewhere,
    });
    this.#trace = new TraceDocument(texts);
    this.#stream = new JsonStream({ source, texts, shape: rootOf(this.#profile, this.#trace) });
  }

  /**
   * @returns whether more is wanted: not while a list is read elsewhere
   * @throws OutpaceError MALFORMED_PROFILE saying at which byte, what was expected, and what was found
   */
  write(chunk: Uint8Array): boolean {
    const goesOn = this.#stream.write(chunk);
    this.#written += chunk.length;
    return goesOn;
  }

  /** Where the list begins that is read elsewhere; null where none is. */
  get elsewhere(): number | null {
    return this.#stream.elsewhere;
  }

  /** Goes on behind a list that was read elsewhere, or, with null, at its beginning. */
  resume(read: ReadList | null): void {
    this.#stream.resume(read);
  }

  /**
   * Main thread first, where the writer put it first.
   *
   * @throws OutpaceError MALFORMED_PROFILE where the document is not whole, or its parts do not fit one another
   */
  end(): RecordedThread[] {
    const refuse = refusalOf(this.#source);
    if (this.#written === 0) refuse('it is empty');
    this.#stream.end();
    if (this.#trace.isTrace) return this.#trace.finish(refuse);
    return [{ name: 'main', profile: this.#profile.finish(refuse) }];
  }
}

function rootOf(profile: CpuProfileDocument, trace: TraceDocument): Shape {
  return {
    kind: 'either',
    list: trace.events,
    object: {
      kind: 'object',
      lenient: false,
      fields: fieldsOf({ ...profile.shapes, traceEvents: trace.events }),
      begin: () => undefined,
      end: () => undefined,
    },
  };
}
