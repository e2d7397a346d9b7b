import { NS_PER_MS } from '../../base/units.ts';
import { nowNs } from './clock.ts';
import type { RepeatedPart } from './messages.ts';

// Taken before an implementation can put another in its place.
const residentBytes = process.memoryUsage.rss;
const EVERY_MS = 20;

/** Resident memory between batches: reading it takes about as long as a short batch, so it is read now and then. */
export class ResidentMarks {
  readonly taken: RepeatedPart['resident'][number][] = [];
  #batches = 0;
  #lastNs = nowNs();

  afterBatch(): void {
    this.#batches += 1;
    if ((nowNs() - this.#lastNs) / NS_PER_MS >= EVERY_MS) this.#take();
  }

  atEnd(): void {
    this.#take();
  }

  #take(): void {
    this.taken[this.taken.length] = { batches: this.#batches, sizeBytes: residentBytes() };
    this.#lastNs = nowNs();
  }
}
