import { numbers } from './json-shapes.ts';
import { JsonStream, type ReadList } from './json-stream.ts';
import { NumberColumn } from './number-column.ts';
import { TextTable } from './text-table.ts';

/** Reads one list of numbers apart from the document that it stands in, from its bracket on. */
export class ListReader {
  readonly #column: NumberColumn;
  readonly #stream: JsonStream;
  readonly #offset: number;

  /**
   * @param offset of the list's bracket in the document
   * @param column.wide whether 8 bytes are wanted for each number
   * @param column.atMost how many numbers there can be
   */
  constructor(offset: number, column: { readonly wide: boolean; readonly atMost: number }) {
    this.#offset = offset;
    this.#column = new NumberColumn({ wide: column.wide, atMost: () => column.atMost });
    this.#stream = new JsonStream({
      source: 'a list',
      texts: new TextTable(),
      shape: numbers(() => this.#column),
      endsEarly: true,
    });
  }

  /**
   * @returns null as long as the list has no end
   * @throws OutpaceError where it is no list of numbers
   */
  write(chunk: Uint8Array): ReadList | null {
    this.#stream.write(chunk);
    const end = this.#stream.endOffset;
    return end === null ? null : { blocks: this.#column.takeBlocks(), endOffset: this.#offset + end };
  }
}
