/** Chunks that are finished before their turn wait in memory; nobody begins one that is further ahead than this. */
const CHUNKS_AHEAD = 64;

const NEXT_TO_TAKE = 0;
const YIELDED = 1;

/** Hands the numbers of chunks to threads, each to one: two counters in memory that they share. */
export class SharedQueue {
  readonly #counters: Int32Array<SharedArrayBuffer>;
  readonly #total: number;

  /** @param counters of another thread's queue, to share it */
  constructor(total: number, counters = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.#total = total;
    this.#counters = new Int32Array(counters);
  }

  get counters(): SharedArrayBuffer {
    return this.#counters.buffer;
  }

  /** The next chunk that nobody has; null where none is left, or where it lies too far ahead for now. */
  take(): number | null {
    for (;;) {
      const next = Atomics.load(this.#counters, NEXT_TO_TAKE);
      if (next >= this.#total || next >= Atomics.load(this.#counters, YIELDED) + CHUNKS_AHEAD) return null;
      if (Atomics.compareExchange(this.#counters, NEXT_TO_TAKE, next, next + 1) === next) return next;
    }
  }

  /** As `take`, but waits where the next one lies too far ahead; not for a thread that must go on meanwhile. */
  takeOrWait(): number | null {
    for (;;) {
      const yielded = Atomics.load(this.#counters, YIELDED);
      const index = this.take();
      if (index !== null || Atomics.load(this.#counters, NEXT_TO_TAKE) >= this.#total) return index;
      Atomics.wait(this.#counters, YIELDED, yielded);
    }
  }

  /** Another chunk has had its turn. */
  yielded(): void {
    Atomics.add(this.#counters, YIELDED, 1);
    Atomics.notify(this.#counters, YIELDED);
  }
}
