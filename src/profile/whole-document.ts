import { messageOf } from '../base/errors.ts';
import type { RecordedThreads } from './model.ts';
import { type Refuse, refusalOf } from './refusal.ts';

/** What reads a file as its bytes come in. */
export interface ProfileReader {
  /** @throws OutpaceError MALFORMED_PROFILE */
  write(chunk: Uint8Array): void;
  /** @throws OutpaceError MALFORMED_PROFILE where the document is not whole, or its parts do not fit one another */
  end(): RecordedThreads;
}

/** A file in a format whose reader needs all of it at once; such files are aggregated, and small. */
export const MOST_WHOLE_BYTES = 256 * 1024 * 1024;

/** Collects a document and hands it to its reader. */
export class WholeDocument implements ProfileReader {
  readonly #refuse: Refuse;
  readonly #read: (bytes: Uint8Array, refuse: Refuse) => RecordedThreads;
  readonly #chunks: Uint8Array[] = [];
  #sizeBytes = 0;

  constructor(source: string, read: (bytes: Uint8Array, refuse: Refuse) => RecordedThreads) {
    this.#refuse = refusalOf(source);
    this.#read = read;
  }

  write(chunk: Uint8Array): void {
    this.#sizeBytes += chunk.length;
    if (this.#sizeBytes > MOST_WHOLE_BYTES)
      this.#refuse(
        `it has more than ${MOST_WHOLE_BYTES / 1024 ** 2} MiB, the most that is read in this format`,
      );
    // The memory of a chunk is used again for a later one.
    this.#chunks.push(chunk.slice());
  }

  end(): RecordedThreads {
    const bytes = new Uint8Array(this.#sizeBytes);
    let at = 0;
    for (const chunk of this.#chunks.splice(0)) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    if (bytes.length === 0) this.#refuse('it is empty');
    return this.#read(bytes, this.#refuse);
  }
}

/** The value of a JSON document. */
export function jsonOf(bytes: Uint8Array, refuse: Refuse): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const found = messageOf(error);
    return refuse(
      found.includes('position') ? found : `${found}, at byte ${bytes.length.toLocaleString('en')}`,
    );
  }
}
