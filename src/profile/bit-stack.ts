/** Booleans, last in first out, eight to a byte: nesting of any depth is followed in little memory. */
export class BitStack {
  #bits = new Uint8Array(16);
  #depth = 0;

  get depth(): number {
    return this.#depth;
  }

  get top(): boolean {
    const at = this.#depth - 1;
    return at >= 0 && (((this.#bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;
  }

  push(bit: boolean): void {
    const at = this.#depth;
    if (at >> 3 === this.#bits.length) {
      const larger = new Uint8Array(this.#bits.length * 2);
      larger.set(this.#bits);
      this.#bits = larger;
    }
    const mask = 1 << (at & 7);
    const others = (this.#bits[at >> 3] ?? 0) & ~mask;
    this.#bits[at >> 3] = bit ? others | mask : others;
    this.#depth += 1;
  }

  pop(): void {
    this.#depth -= 1;
  }
}
