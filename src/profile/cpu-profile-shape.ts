import type { FrameTable } from './frame-table.ts';
import { fieldsOf, type ListShape, type NumbersShape, number, numbers, type Shape } from './json-shapes.ts';
import type { CpuProfile } from './model.ts';
import { type NodeSink, nodeShape } from './node-shape.ts';
import { NumberColumn } from './number-column.ts';
import { deltasOf, RawThread } from './raw-thread.ts';
import type { Refuse } from './refusal.ts';

export interface CpuProfileSink extends Omit<NodeSink, 'nodes'> {
  /** How many numbers can yet come, where that is known. */
  readonly atMost?: (() => number) | undefined;
}

/** A `.cpuprofile` while it is read. */
export class CpuProfileDocument {
  /** Of the document's keys. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly #thread: RawThread;
  readonly #timestamps = new NumberColumn();
  readonly #frames: FrameTable;
  readonly #seen = new Set<string>();

  constructor({ atMost, ...sink }: CpuProfileSink) {
    this.#frames = sink.frames;
    const thread = new RawThread(atMost);
    this.#thread = thread;
    this.shapes = {
      nodes: this.#nodes(sink),
      samples: this.#column('samples', thread.samples),
      timeDeltas: this.#column('timeDeltas', thread.timeDeltas),
      head: {
        kind: 'object',
        lenient: true,
        fields: fieldsOf({}),
        begin: () => this.#seen.add('head'),
        end: () => undefined,
      },
      timestamps: this.#column('timestamps', this.#timestamps),
      startTime: number((value) => {
        thread.startTimeUs = value;
      }),
      endTime: number((value) => {
        thread.endTimeUs = value;
      }),
    };
  }

  finish(refuse: Refuse): CpuProfile {
    if (!this.#seen.has('nodes'))
      refuse(
        this.#seen.has('head')
          ? 'its nodes lie within `head`, as V8 wrote them before 2016'
          : 'it has no nodes',
      );
    if (!this.#seen.has('samples'))
      refuse('it has no samples: the hitCount of a node is a count of samples, and no time');
    if (!this.#seen.has('timeDeltas')) {
      if (!this.#seen.has('timestamps')) refuse('it has neither timeDeltas nor timestamps');
      const deltas = deltasOf(this.#timestamps.takeBlocks(), this.#thread.startTimeUs);
      this.#thread.timeDeltas.append(deltas.takeBlocks());
    }
    return this.#thread.finish(this.#frames.frames, refuse);
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
