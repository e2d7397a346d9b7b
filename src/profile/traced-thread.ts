import { type NumberBlock, NumberColumn } from './number-column.ts';
import { RawThread } from './raw-thread.ts';

/** One profile of a trace, of which each `ProfileChunk` brings the next part. */
export class TracedThread {
  readonly pid: number;
  /** Of the thread that was sampled, which is not the one that writes the chunks; NaN until it is told. */
  tid = Number.NaN;
  /** As its `Profile` event tells it; NaN until then. */
  startTimeUs = Number.NaN;
  readonly #whole = new RawThread();
  /** Of each part, in the order in which they came. */
  readonly #partTimes = new NumberColumn();
  readonly #partLengths = new NumberColumn();
  #lastUs = Number.NEGATIVE_INFINITY;
  #inTurn = true;

  constructor(pid: number) {
    this.pid = pid;
  }

  get hasNodes(): boolean {
    return this.#whole.nodes.length > 0;
  }

  /** @param part empty then */
  add(part: RawThread, timeUs: number): void {
    this.#inTurn &&= !(timeUs < this.#lastUs);
    this.#lastUs = timeUs;
    this.#partTimes.push(timeUs);
    this.#partLengths.push(part.samples.length);
    this.#whole.absorb(part);
  }

  /** All parts, in the order of their time. */
  whole(): RawThread {
    const whole = this.#whole;
    if (!Number.isNaN(this.startTimeUs)) whole.startTimeUs = this.startTimeUs;
    if (!this.#inTurn) this.#putInTurn();
    if (Number.isNaN(whole.endTimeUs)) {
      // It was cut off: the last sample is the last that is known of it.
      let lastUs = whole.startTimeUs;
      let timeUs = whole.startTimeUs;
      whole.timeDeltas.visit((deltaUs) => {
        timeUs += deltaUs;
        lastUs = Math.max(lastUs, timeUs);
      });
      whole.endTimeUs = lastUs;
    }
    return whole;
  }

  #putInTurn(): void {
    const times = wide(this.#partTimes.takeBlocks());
    const lengths = wide(this.#partLengths.takeBlocks());
    const starts = new Float64Array(lengths.length);
    for (let part = 1; part < starts.length; part += 1)
      starts[part] = (starts[part - 1] ?? 0) + (lengths[part - 1] ?? 0);
    const order = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    for (const column of [this.#whole.samples, this.#whole.timeDeltas]) {
      const all = wide(column.takeBlocks());
      for (const part of order) {
        const start = starts[part] ?? 0;
        for (const value of all.subarray(start, start + (lengths[part] ?? 0))) column.push(value);
      }
    }
  }
}

function wide(blocks: readonly NumberBlock[]): Float64Array {
  const all = new Float64Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
