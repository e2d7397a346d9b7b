const FIRST_BYTES = 4096;
const FIRST_SLOTS = 256;
const EMPTY = -1;

/** Texts by number, each kept once: the same name in a million nodes is compared as bytes and never made again. */
export class TextTable {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  /** For texts that bytes do not tell apart: with a U+FFFD in place of what is no UTF-8, or with half a surrogate pair. */
  readonly #odd = new Map<string, number>();
  readonly #texts: string[] = [];
  /** Of those that came as strings. */
  readonly #strings = new Map<string, number>();
  #bytes = new Uint8Array(FIRST_BYTES);
  #ends = new Int32Array(FIRST_SLOTS);
  #hashes = new Int32Array(FIRST_SLOTS);
  #slots = new Int32Array(FIRST_SLOTS).fill(EMPTY);

  textOf(text: number): string {
    const known = this.#texts[text];
    if (known === undefined) throw new RangeError(`there is no text ${text}`);
    return known;
  }

  /** The number of a text that stands as UTF-8 in `bytes`. */
  ofBytes(bytes: Uint8Array, start: number, end: number): number {
    let hash = end - start;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const text = this.#slots[slot] ?? EMPTY;
      if (text === EMPTY) return this.#add(slot, hash, bytes.subarray(start, end));
      if (this.#hashes[text] === hash && this.#isSame(text, bytes, start, end)) return text;
    }
  }

  ofString(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    const bytes = this.#encoder.encode(text);
    const found = text.isWellFormed() ? this.ofBytes(bytes, 0, bytes.length) : this.#oddText(text);
    this.#strings.set(text, found);
    return found;
  }

  #isSame(text: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = text === 0 ? 0 : (this.#ends[text - 1] ?? 0);
    if ((this.#ends[text] ?? 0) - from !== end - start) return false;
    for (let at = 0; at < end - start; at += 1)
      if (this.#bytes[from + at] !== bytes[start + at]) return false;
    return true;
  }

  #add(slot: number, hash: number, bytes: Uint8Array): number {
    const decoded = this.#decoder.decode(bytes);
    if (decoded.includes('\uFFFD')) return this.#oddText(decoded);
    const text = this.#insert(decoded, bytes);
    this.#hashes[text] = hash;
    this.#slots[slot] = text;
    if (text * 2 > this.#slots.length) this.#rehash();
    return text;
  }

  #oddText(decoded: string): number {
    const known = this.#odd.get(decoded);
    if (known !== undefined) return known;
    const text = this.#insert(decoded, new Uint8Array(0));
    this.#odd.set(decoded, text);
    return text;
  }

  #insert(decoded: string, bytes: Uint8Array): number {
    const text = this.#texts.length;
    const from = text === 0 ? 0 : (this.#ends[text - 1] ?? 0);
    if (text === this.#ends.length) {
      this.#ends = grown(this.#ends, new Int32Array(text * 2));
      this.#hashes = grown(this.#hashes, new Int32Array(text * 2));
    }
    if (from + bytes.length > this.#bytes.length)
      this.#bytes = grown(this.#bytes, new Uint8Array((from + bytes.length) * 2));
    this.#bytes.set(bytes, from);
    this.#ends[text] = from + bytes.length;
    this.#texts.push(decoded);
    return text;
  }

  #rehash(): void {
    const mask = this.#slots.length * 2 - 1;
    const slots = new Int32Array(mask + 1).fill(EMPTY);
    for (const text of this.#slots) {
      if (text === EMPTY) continue;
      let slot = (this.#hashes[text] ?? 0) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = text;
    }
    this.#slots = slots;
  }
}

function grown<Values extends Int32Array | Uint8Array>(old: Values, larger: Values): Values {
  larger.set(old);
  return larger;
}
