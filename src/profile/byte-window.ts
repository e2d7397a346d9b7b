const FIRST_BYTES = 4096;

/** The part of a stream of bytes that is being read: what comes in is put behind what was not used up. */
export class ByteWindow {
  bytes = new Uint8Array(FIRST_BYTES);
  view = new DataView(this.bytes.buffer);
  /** Where reading stands, and where what came in ends. */
  position = 0;
  end = 0;
  /** Of the stream, before the window. */
  #passed = 0;

  /** Where in the stream a place of the window lies. */
  offsetOf(position: number): number {
    return this.#passed + position;
  }

  /** Goes to another place of the stream; what comes in next begins there. */
  leap(offset: number): void {
    this.#passed = offset;
    this.position = 0;
    this.end = 0;
  }

  append(chunk: Uint8Array): void {
    const kept = this.end - this.position;
    const size = kept + chunk.length;
    if (size > this.bytes.length) {
      const larger = new Uint8Array(Math.max(size, kept * 2));
      larger.set(this.bytes.subarray(this.position, this.end));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    } else {
      this.bytes.copyWithin(0, this.position, this.end);
    }
    this.bytes.set(chunk, kept);
    this.#passed += this.position;
    this.position = 0;
    this.end = size;
  }
}
