import { PLAIN_KERNEL } from './plain-kernel-code.ts';

/** As `plain-kernel.wat` lays out its memory. */
const OUTPUT = 0x4c0000;
const MOST_NODES = 4096;
const MOST_LINKS = 8192;
const WINDOW = 0x4e0000;
/** What may be looked at behind the window. */
const BEHIND_BYTES = 64;
const PAGE_BYTES = 1 << 16;

/** Of the platform's, what is used here; places are of the kernel's memory. */
interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly at: { readonly value: number };
  readonly count: { readonly value: number };
  readonly links: { readonly value: number };
  readonly parents: { readonly value: number };
  readonly value: { readonly value: number };
  readonly brace: { readonly value: number };
  readonly unknown: { readonly value: number };
  integers(at: number, end: number, bytes: number): void;
  nodes(at: number, end: number, row: number): number;
  recall(start: number, end: number): number;
  keep(start: number, end: number, value: number): number;
  forget(): void;
}
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: KernelExports };
};

/**
 * What a recording is full of, read by WebAssembly: it is fast from its first call on, where JavaScript has to run
 * thousands of times before. What is not so plain is left to the reader of JSON, which can read everything by itself.
 */
export class PlainKernel {
  readonly #code: KernelExports;
  /** The part of a document that is read; all places are within it. */
  window = new Uint8Array(0);
  /** What was read last: numbers, or of nodes their ids and functions, the rows of callers and the ids of callees. */
  numbers = new Int32Array(0);
  wideNumbers = new Float64Array(0);
  ids = this.numbers;
  functions = this.numbers;
  callers = this.numbers;
  callees = this.numbers;
  /** Of nodes that name their caller: their rows, and the ids of the callers. */
  called = this.numbers;
  parents = this.numbers;

  constructor(module: object) {
    this.#code = new WebAssembly.Instance(module).exports;
    this.#look();
  }

  /** Where reading of whole numbers stands. */
  get position(): number {
    return this.#code.at.value - WINDOW;
  }

  /** Of the nodes that were read last, how many there are, and how many callees and callers they name. */
  get nodeCount(): number {
    return this.#code.count.value;
  }

  get linkCount(): number {
    return this.#code.links.value;
  }

  /** Of the function for whose sake reading of nodes ended, its two braces' places; null where it was for another reason. */
  get unknownFunction(): { readonly first: number; readonly last: number } | null {
    const first = this.#code.unknown.value - WINDOW;
    const last = this.#code.brace.value - WINDOW;
    return first < 0 || last < 0 ? null : { first, last };
  }

  get parentCount(): number {
    return this.#code.parents.value;
  }

  /** What was kept with the object that was recalled last. */
  get recalled(): number {
    return this.#code.value.value;
  }

  /** Makes the window larger; what is in it stays. */
  grow(bytes: number): void {
    const more = Math.max(bytes, 2 * this.window.length) - this.window.length;
    this.#code.memory.grow(Math.ceil(more / PAGE_BYTES));
    this.#look();
  }

  /**
   * Reads `12,345,-6,` as far as it is so plain: whole numbers of up to 7 digits, a comma behind each, blanks before them.
   *
   * @param wide whether they go to `wideNumbers`
   * @returns how many were read
   */
  readIntegers(start: number, end: number, wide: boolean): number {
    this.#code.integers(WINDOW + start, WINDOW + end, wide ? 8 : 4);
    return this.#code.count.value;
  }

  /**
   * Reads nodes in the very form in which V8 writes them: keys in their order, no blanks, functions that are known.
   *
   * @param row of the first
   * @returns the place of the last one's closing brace; −1 where there is none so plain, or not whole
   */
  readNodes(start: number, end: number, row: number): number {
    const last = this.#code.nodes(WINDOW + start, WINDOW + end, row);
    return last < 0 ? -1 : last - WINDOW;
  }

  /** Where an object that was kept ends that stands here in the very same words; else −1. */
  recall(start: number, end: number): number {
    const last = this.#code.recall(WINDOW + start, WINDOW + end);
    return last < 0 ? -1 : last - WINDOW;
  }

  /**
   * @param end behind the closing brace
   * @returns whether it can be recalled now
   */
  keep(start: number, end: number, value: number): boolean {
    return this.#code.keep(WINDOW + start, WINDOW + end, value) === 1;
  }

  forget(): void {
    this.#code.forget();
  }

  #look(): void {
    const { buffer } = this.#code.memory;
    const take = (from: number, count: number) => new Int32Array(buffer, OUTPUT + 4 * from, count);
    this.window = new Uint8Array(buffer, WINDOW, buffer.byteLength - WINDOW - BEHIND_BYTES);
    this.numbers = take(0, MOST_NODES);
    this.wideNumbers = new Float64Array(buffer, OUTPUT, MOST_NODES);
    this.ids = this.numbers;
    this.functions = take(MOST_NODES, MOST_NODES);
    this.callers = take(2 * MOST_NODES, MOST_LINKS);
    this.callees = take(2 * MOST_NODES + MOST_LINKS, MOST_LINKS);
    this.called = take(2 * (MOST_NODES + MOST_LINKS), MOST_NODES);
    this.parents = take(3 * MOST_NODES + 2 * MOST_LINKS, MOST_NODES);
  }
}

let module: object | null = null;
/** Each holds some address space: those that were used are used again. */
const spare: PlainKernel[] = [];

/** A kernel for one document; null where there is no WebAssembly, as in `node --jitless`. */
export function takeKernel(): PlainKernel | null {
  const used = spare.pop();
  if (used !== undefined) return used;
  try {
    module ??= new WebAssembly.Module(Uint8Array.from(atob(PLAIN_KERNEL), (mark) => mark.charCodeAt(0)));
    return new PlainKernel(module);
  } catch {
    return null;
  }
}

export function giveBack(kernel: PlainKernel): void {
  kernel.forget();
  if (spare.length === 0) spare.push(kernel);
}
