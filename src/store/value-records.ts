import { type FileHandle, open } from 'node:fs/promises';
import { blockReader, LineReader, type ReadFrom, readAt } from './line-reader.ts';

/** Where a part stands in what holds it, and what it is named. */
export interface PartLine {
  /** Empty for elements of a list; of a member of a set, its own name. */
  readonly label: string;
  /** Empty for members of a set. */
  readonly name: string;
}

/** An object's record. */
export interface ValueRecord {
  /** Its class, and what else is no part. */
  readonly head: string;
  /** The size and hash of its bytes; empty without any. */
  readonly content: string;
  /** null at the end; where there are many parts, nobody keeps them all. */
  readonly nextPart: () => Promise<PartLine | null>;
}

const TAB = 9;
const BYTES = '!';
const ROOT = '=';

/** A value in a file, as `capture/child/value/described.ts` writes it. */
export class ValueRecords {
  readonly #handle: FileHandle;
  readonly #readFrom: ReadFrom;
  /** Where the lines of each record begin. */
  readonly #starts = new Map<string, number>();
  /** Where the bytes of a record begin, by where its lines begin. */
  readonly #bytes = new Map<number, { readonly start: number; readonly sizeBytes: number }>();
  #root = '';

  private constructor(handle: FileHandle) {
    this.#handle = handle;
    this.#readFrom = blockReader(handle);
  }

  static async open(file: string): Promise<ValueRecords> {
    const records = new ValueRecords(await open(file));
    await records.#index();
    return records;
  }

  /** The name of the whole. */
  get root(): string {
    return this.#root;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async record(name: string): Promise<ValueRecord> {
    const lines = new LineReader(this.#readFrom, this.#startOf(name));
    const head = (await lines.next())?.toString('utf8', 1) ?? '';
    let line = await lines.next();
    const content = line !== null && line.toString('latin1', 1, 2) === BYTES ? line : null;
    if (content !== null) line = await lines.next();
    const nextPart = async (): Promise<PartLine | null> => {
      const part = line !== null && line[0] === TAB ? partIn(line.toString('utf8', 1)) : null;
      line = part === null ? null : await lines.next();
      return part;
    };
    return { head, content: content?.toString('utf8', 2) ?? '', nextPart };
  }

  /** Some of a record's bytes. */
  async bytes(name: string, offset: number, length: number): Promise<Buffer> {
    const { start, sizeBytes } = this.#bytes.get(this.#startOf(name)) ?? { start: 0, sizeBytes: 0 };
    return readAt(this.#handle, start + offset, Math.max(0, Math.min(length, sizeBytes - offset)));
  }

  #startOf(name: string): number {
    const start = this.#starts.get(name);
    if (start === undefined) throw new RangeError(`no record of ${name}`);
    return start;
  }

  async #index(): Promise<void> {
    const lines = new LineReader(this.#readFrom, 0);
    let start = 0;
    for (let line = await lines.next(); line !== null; line = await lines.next()) {
      if (line[0] === TAB) continue;
      const text = line.toString();
      if (text.startsWith(ROOT)) this.#root = text.slice(ROOT.length);
      else if (text.startsWith(BYTES)) {
        const sizeBytes = Number(text.slice(BYTES.length));
        this.#bytes.set(start, { start: lines.position, sizeBytes });
        lines.skip(sizeBytes + 1);
      } else {
        start = lines.position;
        this.#starts.set(text, start);
      }
    }
  }
}

function partIn(line: string): PartLine {
  const tab = line.indexOf('\t');
  return { label: line.slice(0, tab), name: line.slice(tab + 1) };
}
