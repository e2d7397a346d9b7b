import { FrameTable } from './frame-table.ts';
import { fieldsOf, type ListShape, number, numbers, type ObjectShape } from './json-shapes.ts';
import type { CpuProfile } from './model.ts';
import { nodeShape } from './node-shape.ts';
import { NumberColumn } from './number-column.ts';
import { deltasOf, RawThread } from './raw-thread.ts';
import type { Refuse } from './refusal.ts';
import type { TextTable } from './text-table.ts';

/** A `.cpuprofile` while it is read. */
export class CpuProfileDocument {
  readonly shape: ObjectShape;
  readonly #thread: RawThread;
  readonly #timestamps = new NumberColumn();
  readonly #frames: FrameTable;
  readonly #seen = new Set<string>();

  /** @param atMost how many numbers can yet come, where that is known */
  constructor(texts: TextTable, atMost?: () => number) {
    this.#frames = new FrameTable(texts);
    const thread = new RawThread(atMost);
    this.#thread = thread;
    this.shape = {
      kind: 'object',
      lenient: false,
      fields: fieldsOf({
        nodes: this.#nodes(texts),
        samples: this.#column('samples', thread.samples),
        timeDeltas: this.#column('timeDeltas', thread.timeDeltas),
        timestamps: this.#column('timestamps', this.#timestamps),
        startTime: number((value) => {
          thread.startTimeUs = value;
        }),
        endTime: number((value) => {
          thread.endTimeUs = value;
        }),
      }),
      begin: () => undefined,
      end: () => undefined,
    };
  }

  /** Whether it had anything that only a profile has. */
  get isProfile(): boolean {
    return this.#seen.size > 0;
  }

  finish(refuse: Refuse): CpuProfile {
    if (!this.#seen.has('nodes')) refuse('it has no nodes');
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

  #column(name: string, column: NumberColumn) {
    return numbers(() => {
      this.#seen.add(name);
      column.clear();
      return column;
    });
  }
}
