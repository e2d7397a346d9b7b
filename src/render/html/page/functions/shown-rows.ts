import type { Comparison } from '../../../../compare/comparison.ts';
import { originOf } from '../../../../profile/origin.ts';
import type { BothSides, SideName } from '../../model.ts';
import type { FunctionTable, KnownFunction } from './function-table.ts';
import type { MeasuredThread } from './measured-nodes.ts';

/** A function as its row shows it. */
export interface ShownRow extends KnownFunction {
  /** An index into the function table. */
  readonly function: number;
  readonly selfMs: BothSides<number>;
  readonly totalMs: BothSides<number>;
  readonly selfDelta: ShownDelta;
  readonly totalDeltaMs: number;
  readonly calls: BothSides<number | null>;
  readonly change: Comparison['functions'][number]['change'] | null;
}

export interface ShownDelta {
  readonly ms: number;
  /** Whether noise explains it; false where one recording a side shows none. */
  readonly noise: boolean;
  readonly low: number | null;
  readonly high: number | null;
}

/** As the report's JSON has them, in its order. */
export function reportedRows({ functions }: Comparison): ShownRow[] {
  return functions.map((row, index) => ({
    function: index,
    ...{ name: row.name, file: row.file, line: row.line, engine: row.engine, change: row.change },
    origin: originOf(row),
    selfMs: row.selfMs,
    totalMs: row.totalMs,
    selfDelta: {
      ...{ ms: row.selfDeltaMs.point, noise: row.noise },
      ...{ low: row.selfDeltaMs.low, high: row.selfDeltaMs.high },
    },
    totalDeltaMs: row.totalDeltaMs.point,
    calls: row.calls,
  }));
}

/** Of a part of one recording a side, worked out from the samples: neither calls nor noise are known of it. */
export function sampledRows(
  threads: BothSides<readonly MeasuredThread[]>,
  { functions }: FunctionTable,
): ShownRow[] {
  const [before, after] = [
    timesOf(threads.before, functions.length),
    timesOf(threads.after, functions.length),
  ];
  return functions
    .map((known, index): ShownRow => {
      const both = (of: 'selfMs' | 'totalMs') => ({
        before: before[of][index] ?? 0,
        after: after[of][index] ?? 0,
      });
      const [selfMs, totalMs] = [both('selfMs'), both('totalMs')];
      return {
        ...{ function: index, ...placeOf(known), selfMs, totalMs, change: null },
        selfDelta: { ms: selfMs.after - selfMs.before, noise: false, low: null, high: null },
        totalDeltaMs: totalMs.after - totalMs.before,
        calls: { before: null, after: null },
      };
    })
    .filter(({ totalMs }) => totalMs.before > 0 || totalMs.after > 0)
    .toSorted((a, b) => Math.abs(b.selfDelta.ms) - Math.abs(a.selfDelta.ms));
}

function placeOf({ name, file, line, origin, engine }: KnownFunction): KnownFunction {
  return { name, file, line, origin, engine };
}

function timesOf(threads: readonly MeasuredThread[], count: number) {
  const [selfMs, totalMs] = [new Float64Array(count), new Float64Array(count)];
  for (const thread of threads) {
    for (const [node, index] of thread.functions.entries()) {
      selfMs[index] = (selfMs[index] ?? 0) + (thread.selfMs[node] ?? 0);
      if (thread.outermost[node] === 1) totalMs[index] = (totalMs[index] ?? 0) + (thread.totalMs[node] ?? 0);
    }
  }
  return { selfMs, totalMs };
}

/** Rows of one package or file as one. Their totals overlap, so that only self times add up. */
export interface RowGroup {
  readonly name: string;
  readonly rows: readonly ShownRow[];
  readonly selfMs: BothSides<number>;
}

export function groupedRows(rows: readonly ShownRow[], by: 'package' | 'file'): RowGroup[] {
  const nameOf = ({ origin, file }: ShownRow) => (by === 'package' || file === '' ? origin : file);
  const sum = (group: readonly ShownRow[], side: SideName) =>
    group.reduce((total, { selfMs }) => total + selfMs[side], 0);
  return [...Map.groupBy(rows, nameOf)]
    .map(([name, group]) => ({
      ...{ name, rows: group },
      selfMs: { before: sum(group, 'before'), after: sum(group, 'after') },
    }))
    .toSorted(
      (a, b) => Math.abs(b.selfMs.after - b.selfMs.before) - Math.abs(a.selfMs.after - a.selfMs.before),
    );
}
