import type { BothSides, SideName } from '../../model.ts';
import type { MeasuredThread } from './measured-nodes.ts';

/** Whether a function's rows go on with what it calls, or with what calls it. */
export type Direction = 'callees' | 'callers';

/** Nodes that a row stands for, each with the time that it counts for. */
interface Placed {
  readonly thread: MeasuredThread;
  readonly node: number;
  readonly selfMs: number;
  readonly totalMs: number;
}

/** A function as reached from another by one path of calls, with its time on both sides. */
export interface CallRow {
  readonly function: number;
  readonly selfMs: BothSides<number>;
  readonly totalMs: BothSides<number>;
  readonly placed: BothSides<readonly Placed[]>;
}

/** A function wherever it was called from. Its time is counted once where it calls itself. */
export function rootOf(threads: BothSides<readonly MeasuredThread[]>, wanted: number): CallRow {
  const place = (side: SideName): Placed[] =>
    threads[side].flatMap((thread) => {
      const nodes: Placed[] = [];
      for (const [node, one] of thread.functions.entries()) {
        if (one === wanted && thread.outermost[node] === 1) nodes.push(placedAt(thread, node));
      }
      return nodes;
    });
  return rowOf(wanted, { before: place('before'), after: place('after') });
}

/** The next functions on the way, the largest total time first; what took no time on either side is left out. */
export function nextRows(row: CallRow, direction: Direction): CallRow[] {
  const step = direction === 'callees' ? calleesOf : callersOf;
  const [before, after] = [byFunction(step(row.placed.before)), byFunction(step(row.placed.after))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((wanted) => rowOf(wanted, { before: before.get(wanted) ?? [], after: after.get(wanted) ?? [] }))
    .filter(({ totalMs }) => totalMs.before > 0 || totalMs.after > 0)
    .toSorted((a, b) => largestOf(b) - largestOf(a));
}

function largestOf({ totalMs }: CallRow): number {
  return Math.max(totalMs.before, totalMs.after);
}

function placedAt(thread: MeasuredThread, node: number): Placed {
  return { thread, node, selfMs: thread.selfMs[node] ?? 0, totalMs: thread.totalMs[node] ?? 0 };
}

/** One pass over each thread's nodes, since a node knows its parent and not its children. */
function calleesOf(placed: readonly Placed[]): Placed[] {
  const found: Placed[] = [];
  for (const [thread, own] of Map.groupBy(placed, (one) => one.thread)) {
    const wanted = new Uint8Array(thread.parents.length);
    for (const { node } of own) wanted[node] = 1;
    for (const [node, parent] of thread.parents.entries()) {
      if (parent >= 0 && wanted[parent] === 1) found.push(placedAt(thread, node));
    }
  }
  return found;
}

/** What calls it counts for the time that was spent below it, not for all of its own. */
function callersOf(placed: readonly Placed[]): Placed[] {
  return placed.flatMap((one) => {
    const node = one.thread.parents[one.node] ?? -1;
    return node < 0 ? [] : [{ ...one, node }];
  });
}

function byFunction(placed: readonly Placed[]): Map<number, Placed[]> {
  return Map.groupBy(placed, ({ thread, node }) => thread.functions[node] ?? -1);
}

function rowOf(wanted: number, placed: BothSides<readonly Placed[]>): CallRow {
  const sum = (of: 'selfMs' | 'totalMs', side: SideName) =>
    placed[side].reduce((total, one) => total + one[of], 0);
  return {
    function: wanted,
    selfMs: { before: sum('selfMs', 'before'), after: sum('selfMs', 'after') },
    totalMs: { before: sum('totalMs', 'before'), after: sum('totalMs', 'after') },
    placed,
  };
}
