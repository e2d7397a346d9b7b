import { CpuProfileDocument } from './cpu-profile-shape.ts';
import { FrameTable } from './frame-table.ts';
import { fieldsOf, type Shape } from './json-shapes.ts';
import { JsonStream } from './json-stream.ts';
import type { RecordedThreads } from './model.ts';
import { giveBack, type PlainKernel, takeKernel } from './plain-kernel.ts';
import { refusalOf } from './refusal.ts';
import { TextTable } from './text-table.ts';
import { TraceDocument } from './trace-document.ts';

export interface ReaderOptions {
  /** Of the whole document, where it is known: memory is then asked for once. */
  readonly sizeBytes?: number;
  /** What reads the plain parts of it; nothing, if null. */
  readonly kernel?: PlainKernel | null;
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
  readonly #kernel: PlainKernel | null;
  #written = 0;
  #isOver = false;

  /** @param source what to call it in an error */
  constructor(source: string, { sizeBytes, kernel = takeKernel() }: ReaderOptions = {}) {
    const texts = new TextTable();
    const frames = new FrameTable(texts);
    this.#source = source;
    this.#kernel = kernel;
    // A number takes two bytes at least, its comma among them.
    const atMost = () => Math.ceil(((sizeBytes ?? 0) - this.#written) / 2) + 1;
    this.#profile = new CpuProfileDocument({
      texts,
      frames,
      kernel,
      atMost: sizeBytes === undefined ? undefined : atMost,
      isOfTrace: () => this.#trace.isTrace,
    });
    this.#trace = new TraceDocument({ texts, frames, kernel });
    this.#stream = new JsonStream({ source, texts, kernel, shape: rootOf(this.#profile, this.#trace) });
  }

  /** @throws OutpaceError MALFORMED_PROFILE saying at which byte, what was expected, and what was found */
  write(chunk: Uint8Array): void {
    this.#use(() => this.#stream.write(chunk));
    this.#written += chunk.length;
  }

  /**
   * Main thread first, where the writer put it first.
   *
   * @throws OutpaceError MALFORMED_PROFILE where the document is not whole, or its parts do not fit one another
   */
  end(): RecordedThreads {
    const refuse = refusalOf(this.#source);
    if (this.#written === 0 && !this.#isOver) refuse('it is empty');
    this.#use(() => this.#stream.end());
    this.#letGo();
    if (this.#trace.isTrace) return this.#trace.finish(refuse);
    return this.#profile.finish(refuse);
  }

  #use(read: () => void): void {
    if (this.#isOver) throw new RangeError('this document was read to its end, or refused');
    try {
      read();
    } catch (error) {
      this.#letGo();
      throw error;
    }
  }

  /** From here on the kernel may read another document. */
  #letGo(): void {
    this.#isOver = true;
    if (this.#kernel !== null) giveBack(this.#kernel);
  }
}

function rootOf(profile: CpuProfileDocument, trace: TraceDocument): Shape {
  return {
    kind: 'either',
    list: trace.events,
    object: {
      kind: 'object',
      lenient: false,
      fields: fieldsOf({ ...profile.shapes, traceEvents: trace.events, stackFrames: trace.stackFrames }),
      begin: () => undefined,
      end: () => undefined,
    },
  };
}
