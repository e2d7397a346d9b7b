import { US_PER_S } from '../base/units.ts';
import { flawsOf } from './flaws.ts';
import type { FrameTable } from './frame-table.ts';
import { headShape } from './head-shape.ts';
import {
  type ListShape,
  lenient,
  NO_TEXT,
  type NumbersShape,
  number,
  numbers,
  type Shape,
  text,
} from './json-shapes.ts';
import type { Frame, RecordedThreads } from './model.ts';
import { type NodeSink, nodeShape } from './node-shape.ts';
import { NumberColumn } from './number-column.ts';
import { deltasOf, RawThread } from './raw-thread.ts';
import type { Refuse } from './refusal.ts';

export interface CpuProfileSink extends Omit<NodeSink, 'nodes'> {
  /** How many numbers can yet come, where that is known. */
  readonly atMost?: (() => number) | undefined;
  /** Whether the document has turned out to be a trace, whose samples are its writer's own. */
  readonly isOfTrace: () => boolean;
}

/** A `.cpuprofile` while it is read. */
export class CpuProfileDocument {
  /** Of the document's keys. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly #thread: RawThread;
  readonly #timestamps = new NumberColumn({ wide: true });
  readonly #frames: FrameTable;
  readonly #seen = new Set<string>();
  /** Whether v8-profiler or v8-profiler-next wrote it, which say what kind of snapshot theirs is. */
  #isTyped = false;

  constructor({ atMost, isOfTrace, ...sink }: CpuProfileSink) {
    this.#frames = sink.frames;
    const thread = new RawThread(atMost);
    this.#thread = thread;
    this.shapes = {
      nodes: this.#nodes(sink),
      samples: { ...this.#column('samples', thread.samples), mayHoldOthers: isOfTrace },
      timeDeltas: this.#column('timeDeltas', thread.timeDeltas),
      head: headShape({
        ...sink,
        nodes: thread.nodes,
        begin: () => {
          this.#seen.add('head');
          thread.nodes.clear();
        },
      }),
      timestamps: this.#column('timestamps', this.#timestamps),
      typeId: lenient(
        text((typeId) => {
          this.#isTyped = typeId !== NO_TEXT;
        }),
      ),
      startTime: number((value) => {
        thread.startTimeUs = value;
      }),
      endTime: number((value) => {
        thread.endTimeUs = value;
      }),
    };
  }

  /** @param refuse throws where it is no profile */
  finish(refuse: Refuse): RecordedThreads {
    const isNested = this.#seen.has('head') && !this.#seen.has('nodes');
    if (!this.#seen.has('nodes') && !isNested) refuse('it has no nodes');
    if (!this.#seen.has('samples'))
      refuse('it has no samples: the hitCount of a node is a count of samples, and no time');
    if (isNested) this.#endNested(refuse);
    else this.#useTimestamps(refuse);
    const frames =
      this.#isTyped && !isNested ? this.#frames.frames.map(countedFromZero) : this.#frames.frames;
    const { profile, skipped } = this.#thread.finish(frames, refuse);
    return { threads: [{ name: 'main', profile }], flaws: flawsOf('main', skipped) };
  }

  #useTimestamps(refuse: Refuse): void {
    if (this.#seen.has('timeDeltas')) return;
    if (!this.#seen.has('timestamps')) refuse('it has neither timeDeltas nor timestamps');
    this.#appendDeltas();
  }

  #appendDeltas(): void {
    const { startTimeUs, samples } = this.#thread;
    // Some writers add the time of the end.
    const most = samples.length === this.#timestamps.length - 1 ? samples.length : this.#timestamps.length;
    const deltas = deltasOf(this.#timestamps.takeBlocks(), { startTimeUs, most });
    this.#thread.timeDeltas.append(deltas.takeBlocks());
  }

  /** Start and end are in s there, and mostly without a fraction; the timestamps are in µs. */
  #endNested(refuse: Refuse): void {
    if (!this.#seen.has('timestamps')) refuse('it has no timestamps');
    const thread = this.#thread;
    let firstUs = Number.NaN;
    let lastUs = Number.NaN;
    this.#timestamps.visit((timeUs) => {
      firstUs = Number.isNaN(firstUs) ? timeUs : Math.min(firstUs, timeUs);
      lastUs = Number.isNaN(lastUs) ? timeUs : Math.max(lastUs, timeUs);
    });
    const startUs = thread.startTimeUs * US_PER_S;
    const isExact = !Number.isInteger(thread.startTimeUs) && startUs <= firstUs;
    if (!isExact && !Number.isNaN(firstUs)) thread.startTimeUs = firstUs;
    else thread.startTimeUs = startUs;
    const endUs = thread.endTimeUs * US_PER_S;
    thread.endTimeUs = Number.isNaN(lastUs) || endUs > lastUs ? endUs : lastUs;
    this.#appendDeltas();
  }

  #nodes(sink: Omit<NodeSink, 'nodes'>): ListShape {
    const { nodes } = this.#thread;
    return {
      kind: 'list',
      lenient: false,
      item: nodeShape({ ...sink, nodes: () => nodes }),
      begin: () => {
        this.#seen.add('nodes');
        nodes.clear();
      },
    };
  }

  #column(name: string, column: NumberColumn): NumbersShape {
    return numbers(() => {
      this.#seen.add(name);
      column.clear();
      return column;
    });
  }
}

/** A place that was taken to count from 0, as V8's inspector does, and counts from 1. */
function countedFromZero({ line, column, ...frame }: Frame): Frame {
  return { ...frame, line: Math.max(0, line - 1), column: Math.max(0, column - 1) };
}
