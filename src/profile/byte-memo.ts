const FIRST_BYTES = 1 << 16;
/** Of what is kept; what comes later is read each time. */
const MOST_BYTES = 1 << 22;
const SLOTS = 1 << 15;
const SHORTEST = 4;

/** Numbers by the bytes that they were made from: what stands there again in the very same words is not read again. */
export class ByteMemo {
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  readonly #values: number[] = [];
  /** One more than an entry's index; 0 is empty. */
  readonly #slots = new Int32Array(SLOTS);

  /** What was kept for the same bytes; −1 for nothing. */
  recall(view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length < SHORTEST) return -1;
    const entry = (this.#slots[hashOf(view, start, end) & (SLOTS - 1)] ?? 0) - 1;
    if (entry < 0 || this.#lengths[entry] !== length) return -1;
    return this.#isSame(entry, view, start) ? (this.#values[entry] ?? -1) : -1;
  }

  keep(view: DataView, range: { readonly start: number; readonly end: number }, value: number): void {
    const { start, end } = range;
    const length = end - start;
    if (length < SHORTEST || this.#used + length > MOST_BYTES) return;
    this.#makeRoom(length);
    for (let at = 0; at < length; at += 1) this.#bytes[this.#used + at] = view.getUint8(start + at);
    this.#starts.push(this.#used);
    this.#lengths.push(length);
    this.#values.push(value);
    this.#used += length;
    this.#slots[hashOf(view, start, end) & (SLOTS - 1)] = this.#starts.length;
  }

  #isSame(entry: number, view: DataView, start: number): boolean {
    const from = this.#starts[entry] ?? 0;
    const length = this.#lengths[entry] ?? 0;
    for (let at = 0; at + 4 <= length; at += 4)
      if (this.#view.getInt32(from + at) !== view.getInt32(start + at)) return false;
    return this.#view.getInt32(from + length - 4) === view.getInt32(start + length - 4);
  }

  #makeRoom(length: number): void {
    if (this.#used + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#used + length, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Of four bytes at a time, the last four perhaps twice. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at + 4 <= end; at += 4) hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
  hash = Math.imul(hash ^ view.getInt32(end - 4), 0x85ebca77);
  return hash ^ (hash >>> 15);
}
