import { messageOf } from '../../../base/errors.ts';
import { atomText, isObject } from './atom-text.ts';
import { partText, TextHash, type TextOf, writeBody } from './body.ts';
import type { Content } from './byte-content.ts';
import { type Member, namesInCycle } from './cycle.ts';
import { ObjectTable } from './object-table.ts';
import { pathTo, type Step } from './path.ts';
import { shapeOf } from './shape.ts';
import type { Shape } from './shape-parts.ts';
import { ADVICE, Uninspectable, Unsuitable } from './uninspectable.ts';

/** An object whose parts have no names yet. */
interface Open extends Member {
  /** How many objects were reached before it. */
  readonly index: number;
  /** The least index that a reference from it or from below it leads back to. */
  low: number;
  nextPart: number;
  refersToItself: boolean;
}

export interface WalkOptions {
  /** An object whose text is no longer is named by it, else by its hash. */
  readonly inlineChars: number;
  /** Called once for each object, after its parts. */
  readonly onNamed?: (named: {
    readonly name: string;
    readonly shape: Shape;
    readonly textOf: TextOf;
  }) => void;
}

/**
 * Names every object of a value by its contents, parts before what holds them, each object once.
 *
 * What refers back to itself is found by Tarjan's algorithm for strongly connected components (1972). There is a list of
 * what is open in place of recursion, so that a value may be deeper than the stack.
 */
export class Walk {
  readonly #options: WalkOptions;
  readonly #names = new ObjectTable<string | Open>();
  readonly #path: Open[] = [];
  /** Without names so far, in the order in which they were reached. */
  readonly #unnamed: Open[] = [];
  readonly #textOf = partText((part) => this.#nameOf(part));
  #reached = 0;
  #chars = 0;
  #contentBytes = 0;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** Of all texts and bytes that names were made of. */
  get sizeBytes(): number {
    return this.#chars + this.#contentBytes;
  }

  /**
   * The name of a value; asks for the contents of what can only be read asynchronously.
   *
   * @throws Uninspectable
   */
  *name(root: unknown): Generator<Blob, string, Content> {
    if (isObject(root)) yield* this.#enter(root);
    else this.#inspected(() => atomText(root));
    for (let open = this.#path.at(-1); open !== undefined; open = this.#path.at(-1)) {
      const child = this.#nextChild(open);
      if (child === null) this.#leave(open);
      else yield* this.#enter(child);
    }
    return this.#textOf(root);
  }

  *#enter(value: object): Generator<Blob, void, Content> {
    let shape = this.#inspected(() => shapeOf(value));
    if (shape.unread !== null) shape = { ...shape, content: yield shape.unread };
    this.#contentBytes += shape.content?.sizeBytes ?? 0;
    const index = this.#reached;
    this.#reached += 1;
    const open: Open = { value, shape, index, low: index, nextPart: 0, refersToItself: false };
    this.#names.set(value, open);
    this.#path.push(open);
    this.#unnamed.push(open);
  }

  /** The next part that is an object not seen before. */
  #nextChild(open: Open): object | null {
    const { items, values } = open.shape;
    const count = items.length + values.length;
    while (open.nextPart < count) {
      const at = open.nextPart;
      open.nextPart += 1;
      const part = at < items.length ? items[at] : values[at - items.length];
      if (!isObject(part)) {
        if (typeof part === 'function' || typeof part === 'symbol') this.#inspected(() => atomText(part));
        continue;
      }
      const known = this.#names.get(part);
      if (known === undefined) return part;
      if (typeof known === 'string') continue;
      open.low = Math.min(open.low, known.index);
      open.refersToItself ||= known === open;
    }
    return null;
  }

  #leave(open: Open): void {
    this.#path.pop();
    const parent = this.#path.at(-1);
    if (parent !== undefined) parent.low = Math.min(parent.low, open.low);
    if (open.low !== open.index) return;
    if (this.#unnamed.at(-1) === open && !open.refersToItself) {
      this.#unnamed.pop();
      this.#named(open, this.#hashed(open.shape));
      return;
    }
    const members = this.#unnamed.splice(this.#unnamed.lastIndexOf(open));
    const { names, chars } = namesInCycle(members, (part) => this.#nameOf(part));
    this.#chars += chars;
    for (const [place, { value }] of members.entries()) this.#names.set(value, names[place] ?? '');
    for (const [place, member] of members.entries()) this.#named(member, names[place] ?? '');
  }

  #hashed(shape: Shape): string {
    const text = new TextHash();
    writeBody(shape, this.#textOf, text.add);
    this.#chars += text.chars;
    return text.name(shape.content === null ? this.#options.inlineChars : 0);
  }

  #named({ value, shape }: Open, name: string): void {
    this.#names.set(value, name);
    this.#options.onNamed?.({ name, shape, textOf: this.#textOf });
  }

  #nameOf(part: object): string {
    const name = this.#names.get(part);
    if (typeof name !== 'string') throw new RangeError('an object was named before its parts');
    return name;
  }

  /** What is wrong with a part is said with the path to it. */
  #inspected<Value>(inspect: () => Value): Value {
    try {
      return inspect();
    } catch (error) {
      const path = pathTo(this.#path.map(({ shape, nextPart }): Step => ({ shape, part: nextPart - 1 })));
      if (error instanceof Unsuitable) throw new Uninspectable({ path, ...error.finding });
      throw new Uninspectable({
        path,
        what: `a part that cannot be read (${messageOf(error)})`,
        advice: ADVICE.omit,
      });
    }
  }
}
