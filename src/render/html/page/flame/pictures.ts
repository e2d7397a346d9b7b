import type { BothSides, PageRecording, PageThread, PageWindow, SideName } from '../../model.ts';
import { nodeSelfMs } from '../../self-times.ts';
import { type MergedTree, mergeTrees, sumWeights, totalsOf } from './call-tree.ts';
import type { Chart } from './chart.ts';
import { type Basis, widths } from './difference.ts';
import { type Functions, functionsOf } from './functions.ts';
import { leftHeavy } from './left-heavy.ts';
import { type SampleOrder, sampleOrder, timeOrder } from './time-order.ts';

export const ORDERS = ['heavy', 'time'] as const;
export type Order = (typeof ORDERS)[number];

export type PictureRequest =
  | {
      readonly order: 'heavy';
      readonly side: SideName | 'diff';
      readonly thread: number | 'all';
      readonly window: PageWindow | null;
      readonly basis: Basis;
    }
  | {
      readonly order: 'time';
      readonly side: SideName;
      readonly thread: number;
      readonly window: PageWindow | null;
    };

/** What each node of a tree took on one side, ms. */
export interface Times {
  readonly selfs: Float64Array;
  readonly totals: Float64Array;
}

export interface Picture {
  readonly order: Order;
  readonly side: SideName | 'diff';
  readonly tree: MergedTree;
  readonly chart: Chart;
  /** null for a side that is not shown. */
  readonly times: BothSides<Times | null>;
}

/** So many pictures are kept: a few to go back and forth between, and one for each thread in sight. */
const KEPT = 24;

/** Makes the pictures of two recordings, each once: what is in them is computed when they are first asked for. */
export class Pictures {
  readonly functions: Functions;
  readonly #recordings: BothSides<PageRecording | null>;
  readonly #trees = new Map<string, MergedTree>();
  readonly #orders = new Map<string, SampleOrder>();
  readonly #made = new Map<string, Picture>();

  constructor(recordings: BothSides<PageRecording | null>) {
    this.#recordings = recordings;
    this.functions = functionsOf(recordings);
  }

  of(request: PictureRequest): Picture {
    const key = JSON.stringify(request);
    const picture = this.#made.get(key) ?? this.#make(request);
    this.#made.delete(key);
    this.#made.set(key, picture);
    const [oldest] = this.#made.keys();
    if (this.#made.size > KEPT && oldest !== undefined) this.#made.delete(oldest);
    return picture;
  }

  #make(request: PictureRequest): Picture {
    const { side, thread, window } = request;
    const sides: readonly SideName[] = side === 'diff' ? ['before', 'after'] : [side];
    const shown = sides.flatMap((name) =>
      this.#threads(name, thread).map((one) => ({ side: name, thread: one })),
    );
    const tree = this.#tree(`${side} ${thread}`, shown);
    const timesOf = (name: SideName): Times | null => {
      if (!sides.includes(name)) return null;
      const weights = shown.map((one) => (one.side === name ? nodeSelfMs(one.thread, window) : null));
      const selfs = sumWeights(tree, weights);
      return { selfs, totals: totalsOf(tree, selfs) };
    };
    const times = { before: timesOf('before'), after: timesOf('after') };
    if (request.order === 'time')
      return { order: 'time', side, tree, times, chart: this.#timeOrder(request, tree, shown[0]?.thread) };
    return {
      order: 'heavy',
      side,
      tree,
      times,
      chart: leftHeavy(tree, widthsOf(tree, times, request.basis)),
    };
  }

  #threads(side: SideName, thread: number | 'all'): readonly PageThread[] {
    const all = this.#recordings[side]?.threads ?? [];
    return thread === 'all' ? all : all.slice(thread, thread + 1);
  }

  #tree(key: string, shown: readonly { readonly side: SideName; readonly thread: PageThread }[]): MergedTree {
    const known = this.#trees.get(key);
    if (known !== undefined) return known;
    const { ofFrames } = this.functions;
    const tree = mergeTrees(
      shown.map(({ side, thread }) => ({
        parents: thread.nodeParents,
        functions: thread.nodeFrames.map((frame) => ofFrames[side][frame] ?? -1),
      })),
    );
    this.#trees.set(key, tree);
    return tree;
  }

  #timeOrder(
    { side, thread, window }: Extract<PictureRequest, { order: 'time' }>,
    tree: MergedTree,
    recorded: PageThread | undefined,
  ): Chart {
    const [nodesOf] = tree.nodesOf;
    if (recorded === undefined || nodesOf === undefined) return leftHeavy(tree, new Float64Array(1));
    const key = `${side} ${thread}`;
    const order = this.#orders.get(key) ?? sampleOrder(tree, nodesOf, recorded);
    this.#orders.set(key, order);
    return timeOrder(order, window);
  }
}

function widthsOf(tree: MergedTree, { before, after }: Picture['times'], basis: Basis): Float64Array {
  if (before !== null && after !== null) {
    return widths(tree, { before: before.selfs, after: after.selfs }, basis);
  }
  return (after ?? before)?.totals ?? new Float64Array(tree.parents.length);
}
