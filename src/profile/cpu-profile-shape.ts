import { FrameTable } from './frame-table.ts';
import { fieldsOf, type ListShape, type NumbersShape, number, numbers, type Shape } from './json-shapes.ts';
import type { CpuProfile } from './model.ts';
import { nodeShape } from './node-shape.ts';
import { NumberColumn } from './number-column.ts';
import { deltasOf, RawThread } from './raw-thread.ts';
import type { Refuse } from './refusal.ts';
import type { TextTable } from './text-table.ts';

/** The lists that a profile mostly consists of. */
export type ListKey = 'samples' | 'timeDeltas';

export interface CpuProfileOptions {
  /** How many numbers can yet come, where that is known. */
  readonly atMost?: (() => number) | undefined;
  /** Whether the list of that key, whose bracket stands at that byte, is read by somebody else. */
  readonly isElsewhere?: ((key: ListKey, offset: number) => boolean) | undefined;
}

/** A `.cpuprofile` while it is read. */
export class CpuProfileDocument {
  /** Of the document's keys. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly #thread: RawThread;
  readonly #timestamps = new NumberColumn();
  readonly #frames: FrameTable;
  readonly #seen = new Set<string>();
  readonly #isElsewhere: CpuProfileOptions['isElsewhere'];

  constructor(texts: TextTable, { atMost, isElsewhere }: CpuProfileOptions = {}) {
    this.#frames = new FrameTable(texts);
    this.#isElsewhere = isElsewhere;
    const thread = new RawThread(atMost);
    this.#thread = thread;
    this.shapes = {
      nodes: this.#nodes(texts),
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

  #nodes(texts: TextTable): ListShape {
    const { nodes } = this.#thread;
    return {
      kind: 'list',
      lenient: false,
      item: nodeShape({ texts, frames: this.#frames, nodes: () => nodes }),
      begin: () => {
        this.#seen.add('nodes');
        nodes.clear();
      },
    };
  }

  #column(name: ListKey | 'timestamps', column: NumberColumn): NumbersShape {
    const isElsewhere = this.#isElsewhere;
    const shape = numbers(() => {
      this.#seen.add(name);
      column.clear();
      return column;
    });
    if (isElsewhere === undefined || name === 'timestamps') return shape;
    return { ...shape, isElsewhere: (offset) => isElsewhere(name, offset) };
  }
}
