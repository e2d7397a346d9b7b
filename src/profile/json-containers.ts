import { BitStack } from './bit-stack.ts';
import { type Fail, type Shape, SKIPPED } from './json-shapes.ts';

/** The objects and lists around the place where reading stands. What lies in one that nobody wants is only counted. */
export class JsonContainers {
  /** The innermost one's shape. */
  inside: Shape = SKIPPED;
  /** Of each, whether it is an object. */
  readonly #objects = new BitStack();
  /** Of those that are wanted. */
  readonly #wanted: Shape[] = [];
  #unwantedDepth = 0;

  get isEmpty(): boolean {
    return this.depth === 0;
  }

  /** How many there are. */
  get depth(): number {
    return this.#objects.depth;
  }

  /** Whether the innermost one is an object. */
  get isObject(): boolean {
    return this.#objects.top;
  }

  /** Whether the innermost one is a list that nobody wants. */
  get isUnwantedList(): boolean {
    return this.inside === SKIPPED && !this.isEmpty && !this.#objects.top;
  }

  open(shape: Shape, isObject: boolean): void {
    this.#objects.push(isObject);
    this.inside = shape;
    if (shape.kind === 'skipped') this.#unwantedDepth += 1;
    else this.#wanted.push(shape);
  }

  close(fail: Fail): void {
    this.#objects.pop();
    if (this.#unwantedDepth > 0) this.#unwantedDepth -= 1;
    else {
      const shape = this.#wanted.pop();
      if (shape?.kind === 'object') shape.end(fail);
    }
    this.inside = this.#unwantedDepth > 0 ? SKIPPED : (this.#wanted.at(-1) ?? SKIPPED);
  }
}
