import { OutpaceError } from '../base/errors.ts';
import type { SkippedParts } from './flaws.ts';
import { NO_TEXT } from './json-shapes.ts';
import type { CpuProfile, Frame } from './model.ts';
import { type NumberBlock, NumberColumn } from './number-column.ts';
import { RawThread } from './raw-thread.ts';
import type { TraceEvent } from './trace-event-shape.ts';

/** In place of a sample's node where a part has not as many samples as times: no node has this id. */
const NO_NODE = Number.MIN_SAFE_INTEGER;

export type FinishedThread =
  | { readonly profile: CpuProfile; readonly skipped: SkippedParts }
  /** Why nothing of it can be used. */
  | { readonly refused: string };

/** One profile of a trace, of which each `ProfileChunk` brings the next part. */
export class TracedThread {
  /** The process's label, a number in the reader's `TextTable`. */
  readonly pid: number;
  /** Of the thread that was sampled, which is not the one that writes the parts; `NO_TEXT` until its beginning is read. */
  sampledTid = NO_TEXT;
  readonly #whole = new RawThread();
  /** As the `Profile` event gives it. */
  #begunUs = Number.NaN;
  /** The extent of the parts that give a start and an end of their own, on one clock. */
  readonly #own = { startUs: Number.POSITIVE_INFINITY, endUs: Number.NEGATIVE_INFINITY };
  #partStartUs = Number.NaN;
  #partEndUs = Number.NaN;
  /** Of each part, in the order in which they came. */
  readonly #partTimes = new NumberColumn({ wide: true });
  readonly #partLengths = new NumberColumn();
  #lastUs = Number.NEGATIVE_INFINITY;
  #inTurn = true;
  /** Of the part that was written first, which ends about when it was written. */
  #first = { atUs: Number.POSITIVE_INFINITY, spentUs: 0 };
  #begun = false;

  constructor(pid: number) {
    this.pid = pid;
  }

  get hasNodes(): boolean {
    return this.#whole.nodes.length > 0;
  }

  /** Whether its `Profile` event was read. */
  get hasBegun(): boolean {
    return this.#begun;
  }

  /** Whether only parts of it were read, and not its beginning. */
  get isHeadless(): boolean {
    return !this.#begun;
  }

  get samples(): number {
    return this.#whole.samples.length;
  }

  /** The same for all profiles of one thread; null where it is not known which thread was sampled. */
  get sampledThread(): string | null {
    return this.sampledTid === NO_TEXT ? null : `${this.pid}:${this.sampledTid}`;
  }

  /** Where on the trace's clock it begins, as far as that is known. */
  get beginsUs(): number {
    if (this.#own.startUs < Number.POSITIVE_INFINITY) return this.#own.startUs;
    if (!Number.isNaN(this.#partStartUs)) return this.#partStartUs;
    if (!Number.isNaN(this.#begunUs)) return this.#begunUs;
    return Number.isFinite(this.#first.atUs) ? this.#first.atUs - this.#first.spentUs : Number.NaN;
  }

  /** Takes its `Profile` event. */
  begin({ tid, timeUs, part }: TraceEvent): void {
    this.#begun = true;
    this.sampledTid = tid;
    this.#begunUs = Number.isNaN(part.startTimeUs) ? timeUs : part.startTimeUs;
  }

  /** Takes a whole profile in one event, as DevTools once wrote it. */
  addWhole(event: TraceEvent): void {
    this.#begun = true;
    this.sampledTid = event.tid;
    this.add(event);
  }

  /** Takes the next part, which is empty then. */
  add({ part, timeUs }: Pick<TraceEvent, 'part' | 'timeUs'>): void {
    // A part that does not say when it was written follows the one before it.
    const atUs = Number.isNaN(timeUs) ? this.#lastUs : timeUs;
    this.#inTurn &&= !(atUs < this.#lastUs);
    this.#lastUs = atUs;
    this.#takeExtent(part);
    alignSamples(part);
    if (atUs < this.#first.atUs && part.timeDeltas.length > 0) {
      let spentUs = 0;
      part.timeDeltas.visit((deltaUs) => {
        spentUs += deltaUs;
      });
      this.#first = { atUs, spentUs };
    }
    this.#partTimes.push(atUs);
    this.#partLengths.push(part.samples.length);
    this.#whole.absorb(part);
  }

  /** Takes over the parts of another, which were written without an id. */
  adopt(other: TracedThread): void {
    this.#partStartUs = least(this.#partStartUs, other.#partStartUs);
    this.#partEndUs = most(this.#partEndUs, other.#partEndUs);
    this.#own.startUs = Math.min(this.#own.startUs, other.#own.startUs);
    this.#own.endUs = Math.max(this.#own.endUs, other.#own.endUs);
    this.#inTurn = false;
    if (other.#first.atUs < this.#first.atUs) this.#first = other.#first;
    this.#partTimes.absorb(other.#partTimes);
    this.#partLengths.absorb(other.#partLengths);
    this.#whole.absorb(other.#whole);
  }

  finish(frames: readonly Frame[]): FinishedThread {
    const whole = this.#whole;
    if (!this.#inTurn) this.#putInTurn();
    whole.startTimeUs = this.beginsUs;
    whole.endTimeUs = this.#endUs();
    try {
      return whole.finish(frames, (found) => {
        throw new OutpaceError('MALFORMED_PROFILE', found);
      });
    } catch (error) {
      if (!(error instanceof OutpaceError)) throw error;
      return { refused: error.message };
    }
  }

  /** A start and an end of one event are on one clock, which those of two events need not be. */
  #takeExtent(part: RawThread): void {
    // A number beyond what a double holds is read as infinite.
    const startTimeUs = Number.isFinite(part.startTimeUs) ? part.startTimeUs : Number.NaN;
    const endTimeUs = Number.isFinite(part.endTimeUs) ? part.endTimeUs : Number.NaN;
    if (!Number.isNaN(startTimeUs) && !Number.isNaN(endTimeUs)) {
      this.#own.startUs = Math.min(this.#own.startUs, startTimeUs);
      this.#own.endUs = Math.max(this.#own.endUs, endTimeUs);
    } else {
      this.#partStartUs = least(this.#partStartUs, startTimeUs);
      this.#partEndUs = most(this.#partEndUs, endTimeUs);
    }
  }

  #endUs(): number {
    const endUs = most(this.#partEndUs, this.#own.endUs);
    if (Number.isFinite(endUs)) return endUs;
    // The trace stops before the profile does: the last sample is the last that is known of it.
    let timeUs = this.#whole.startTimeUs;
    let lastUs = timeUs;
    this.#whole.timeDeltas.visit((deltaUs) => {
      timeUs += deltaUs;
      lastUs = Math.max(lastUs, timeUs);
    });
    return lastUs;
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

/** Of two numbers, of which NaN is none. */
function least(left: number, right: number): number {
  return left <= right || Number.isNaN(right) ? left : right;
}

function most(left: number, right: number): number {
  return left >= right || Number.isNaN(right) ? left : right;
}

/** Gives a part as many samples as times: those of a damaged part stand for time, and for no node. */
function alignSamples({ samples, timeDeltas }: RawThread): void {
  if (samples.length === timeDeltas.length) return;
  samples.clear();
  for (let index = 0; index < timeDeltas.length; index += 1) samples.push(NO_NODE);
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
