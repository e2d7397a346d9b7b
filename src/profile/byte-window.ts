import type { PlainKernel } from './plain-kernel.ts';

const FIRST_BYTES = 4096;

/** The part of a stream of bytes that is being read: what comes in is put behind what was not used up. */
export class ByteWindow {
  bytes: Uint8Array;
  /** Where reading stands, and where what came in ends. */
  position = 0;
  end = 0;
  /** Of the stream, before the window. */
  #passed = 0;
  readonly #kernel: PlainKernel | null;

  /** @param kernel whose window this is, if there is one */
  constructor(kernel: PlainKernel | null) {
    this.#kernel = kernel;
    this.bytes = kernel?.window ?? new Uint8Array(FIRST_BYTES);
  }

  /** Where in the stream a place of the window lies. */
  offsetOf(position: number): number {
    return this.#passed + position;
  }

  append(chunk: Uint8Array): void {
    const kept = this.end - this.position;
    const size = kept + chunk.length;
    if (size > this.bytes.length) this.#grow(Math.max(size, kept * 2));
    this.bytes.copyWithin(0, this.position, this.end);
    this.bytes.set(chunk, kept);
    this.#passed += this.position;
    this.position = 0;
    this.end = size;
  }

  #grow(size: number): void {
    if (this.#kernel !== null) {
      this.#kernel.grow(size);
      this.bytes = this.#kernel.window;
      return;
    }
    const larger = new Uint8Array(size);
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }
}
