import { FrameTable } from './frame-table.ts';
import type { Frame } from './model.ts';
import { TextTable } from './text-table.ts';

/** The frames of a file whose stacks name functions as strings; each function is kept once. */
export class StackFrames {
  readonly #texts = new TextTable();
  readonly #table = new FrameTable(this.#texts);

  get frames(): readonly Frame[] {
    return this.#table.frames;
  }

  /** Other tools write `(anonymous)` or similar where V8 writes no name. */
  indexOf({ name, url, line, column }: Frame): number {
    const known = /^[(<]?anonymous(?: function)?[)>]?$/.test(name) ? '' : name;
    return this.#table.indexOf({
      name: this.#texts.ofString(known),
      url: this.#texts.ofString(url),
      line: place(line),
      column: place(column),
    });
  }
}

function place(value: number): number {
  return Number.isInteger(value) && value > 0 ? value : 0;
}
