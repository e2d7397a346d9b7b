import type { Hash } from 'node:crypto';
import { hashOf, newHash } from '../captured-hash.ts';
import { atomText, isObject } from './atom-text.ts';
import type { Shape } from './shape-parts.ts';

/** What stands for a part in the text of what holds it. */
export type TextOf = (part: unknown) => string;

/** Gathered up to this size before it is hashed. */
const GATHERED_CHARS = 1 << 16;

/** How a part that is no object stands in a text; objects stand there as `nameOf` has it. */
export function partText(nameOf: (part: object) => string): TextOf {
  return (part) => (isObject(part) ? nameOf(part) : atomText(part));
}

/**
 * An object as text in lines, each with a tab before each of its fields: what it is; its bytes; then a line for each part.
 *
 * Two objects have the same text exactly if they are the same but for what `textOf` makes the same.
 */
export function writeBody(shape: Shape, textOf: TextOf, write: (text: string) => void): void {
  const { head, items, labels, values, content } = shape;
  write(`\t${head}\n`);
  if (content !== null) write(`\t!${content.sizeBytes}\t${content.sha256}\n`);
  if (shape.order === 'list') for (const item of items) write(`\t\t${textOf(item)}\n`);
  else for (const { text } of sortedItems(shape, textOf)) write(text);
  for (let index = 0; index < labels.length; index += 1)
    write(`\t${labels[index]}\t${textOf(values[index])}\n`);
}

/** All parts, those of sets and maps in the order of their texts. */
export function orderedParts(shape: Shape, textOf: TextOf): readonly unknown[] {
  if (shape.order === 'list') return [...shape.items, ...shape.values];
  return [...sortedItems(shape, textOf).flatMap(({ parts }) => parts), ...shape.values];
}

interface Item {
  readonly text: string;
  readonly parts: readonly unknown[];
}

/** The order in which members and keys were added is no content. */
function sortedItems({ order, items }: Shape, textOf: TextOf): Item[] {
  const listed: Item[] = [];
  if (order === 'set')
    for (const part of items) listed.push({ text: `\t${textOf(part)}\t\n`, parts: [part] });
  else {
    for (let index = 0; index < items.length; index += 2) {
      const [key, value] = [items[index], items[index + 1]];
      listed.push({ text: `\t${textOf(key)}\t${textOf(value)}\n`, parts: [key, value] });
    }
  }
  return listed.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

/** The hash of a text that need not fit into one string. */
export class TextHash {
  #gathered = '';
  #hash: Hash | null = null;
  chars = 0;

  readonly add = (text: string): void => {
    this.chars += text.length;
    this.#gathered += text;
    if (this.#gathered.length < GATHERED_CHARS) return;
    this.#hash ??= newHash('sha256');
    this.#hash.update(this.#gathered);
    this.#gathered = '';
  };

  /** The text itself, where it is no longer than that; else its hash. */
  name(longest: number): string {
    if (this.chars <= longest) return `(${this.#gathered})`;
    if (this.#hash === null) return `#${hashOf('sha256', this.#gathered, 'base64url')}`;
    return `#${this.#hash.update(this.#gathered).digest('base64url')}`;
  }
}
