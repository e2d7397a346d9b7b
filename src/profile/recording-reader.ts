import { CpuProfileDocument } from './cpu-profile-shape.ts';
import { fieldsOf, type Shape } from './json-shapes.ts';
import { JsonStream } from './json-stream.ts';
import type { RecordedThread } from './model.ts';
import { refusalOf } from './refusal.ts';
import { TextTable } from './text-table.ts';
import { TraceDocument } from './trace-document.ts';

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

  /**
   * @param source what to call it in an error
   * @param sizeBytes of the whole document, where it is known: memory is then asked for once
   */
  constructor(source: string, sizeBytes?: number) {
    const texts = new TextTable();
    this.#source = source;
    // A number takes two bytes at least, its comma among them.
    const atMost = () => Math.ceil(((sizeBytes ?? 0) - this.#written) / 2) + 1;
    this.#profile = new CpuProfileDocument(texts, sizeBytes === undefined ? undefined : atMost);
    this.#trace = new TraceDocument(texts);
    this.#stream = new JsonStream({ source, texts, shape: rootOf(this.#profile, this.#trace) });
  }

  /** @throws OutpaceError MALFORMED_PROFILE saying at which byte, what was expected, and what was found */
  write(chunk: Uint8Array): void {
    this.#stream.write(chunk);
    this.#written += chunk.length;
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
      ...profile.shape,
      fields: [...profile.shape.fields, ...fieldsOf({ traceEvents: trace.events })],
    },
  };
}
