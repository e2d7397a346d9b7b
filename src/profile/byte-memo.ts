const FIRST_BYTES = 1 << 16;
/** Of what is kept; what comes later is read each time. */
const MOST_BYTES = 1 << 22;
const SLOTS = 1 << 15;
/** A closing brace in each byte. */
const BRACES = 0x7d7d7d7d;

/**
 * Numbers by the objects that they were made from: what stands there again in the very same words is not read again. Four
 * bytes are looked at a time, so that what ends within the last three is not found.
 */
export class ByteMemo {
  /** Of what was recalled last. */
  value = -1;
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  readonly #values: number[] = [];
  /** One more than an entry's index; 0 is empty. */
  readonly #slots = new Int32Array(SLOTS);

  /**
   * Whether what begins at `start` was kept. The first closing brace may lie in a text; but what was kept was whole, and
   * the same bytes are whole again.
   *
   * @returns the place of that brace; −1 where nothing was kept
   */
  recall(view: DataView, start: number, limit: number): number {
    let hash = 0;
    for (let at = start; at + 4 <= limit; at += 4) {
      const word = view.getInt32(at, true);
      const braces = bracesIn(word);
      if (braces === 0) {
        hash = Math.imul(hash ^ word, 0x9e3779b1);
        continue;
      }
      const last = at + ((31 - Math.clz32(braces & -braces)) >> 3);
      const entry = (this.#slots[slotOf(hash, last - start)] ?? 0) - 1;
      if (entry < 0 || !this.#isSame(entry, { view, start, length: last + 1 - start })) return -1;
      this.value = this.#values[entry] ?? -1;
      return last;
    }
    return -1;
  }

  /** @param end behind the closing brace, which may not be the first */
  keep(view: DataView, range: { readonly start: number; readonly end: number }, value: number): void {
    const { start, end } = range;
    const length = end - start;
    if (this.#used + length + 4 > MOST_BYTES) return;
    let hash = 0;
    let at = start;
    for (; at + 4 <= end && bracesIn(view.getInt32(at, true)) === 0; at += 4)
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
    if (end - at > 4) return;
    this.#makeRoom(length + 4);
    for (let index = 0; index < length; index += 1)
      this.#bytes[this.#used + index] = view.getUint8(start + index);
    this.#starts.push(this.#used);
    this.#lengths.push(length);
    this.#values.push(value);
    this.#used += length;
    this.#slots[slotOf(hash, length - 1)] = this.#starts.length;
  }

  #isSame(entry: number, other: { view: DataView; start: number; length: number }): boolean {
    const { view, start, length } = other;
    if (this.#lengths[entry] !== length) return false;
    const from = this.#starts[entry] ?? 0;
    let at = 0;
    for (; at + 4 <= length; at += 4)
      if (this.#view.getInt32(from + at) !== view.getInt32(start + at)) return false;
    for (; at < length; at += 1)
      if (this.#view.getUint8(from + at) !== view.getUint8(start + at)) return false;
    return true;
  }

  #makeRoom(length: number): void {
    if (this.#used + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#used + length, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** The highest bit of each byte that is a closing brace, right up to the lowest such byte. */
function bracesIn(word: number): number {
  const others = word ^ BRACES;
  return (others - 0x01010101) & ~others & 0x80808080;
}

function slotOf(hash: number, length: number): number {
  const mixed = Math.imul(hash ^ length, 0x85ebca77);
  return (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
}
