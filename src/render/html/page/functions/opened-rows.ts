import type { BothSides } from '../../model.ts';
import { type CallRow, type Direction, nextRows, rootOf } from './call-paths.ts';
import type { FunctionTable } from './function-table.ts';
import type { MeasuredThread } from './measured-nodes.ts';
import { groupedRows, type RowGroup, type ShownRow } from './shown-rows.ts';
import { type Sorting, sortedRows } from './sorting.ts';

/** A row of the table, as deep as it stands below the one that was opened. */
export type TableRow =
  | { readonly kind: 'group'; readonly path: string; readonly group: RowGroup }
  | {
      readonly kind: 'function';
      readonly path: string;
      readonly depth: number;
      readonly row: ShownRow;
    };

export interface Opening {
  readonly sorting: Sorting;
  readonly measured: BothSides<readonly MeasuredThread[]>;
  readonly table: FunctionTable;
  readonly by: 'function' | 'package' | 'file';
  readonly direction: Direction;
  /** The paths of the rows that are open: functions from the outermost row on, joined by points; a group before them. */
  readonly open: ReadonlySet<string>;
  /** Of rows that were not opened. */
  readonly limit: number;
}

/** The rows that the table shows, and how many it leaves out. */
export function openedRows(rows: readonly ShownRow[], opening: Opening): { rows: TableRow[]; left: number } {
  const { by, limit, sorting } = opening;
  if (by === 'function') {
    const sorted = sortedRows(rows, sorting);
    const shown = sorted.slice(0, limit);
    return {
      rows: shown.flatMap((row) => withCalls(row, '', 0, opening)),
      left: sorted.length - shown.length,
    };
  }
  const groups = groupedRows(rows, by);
  const shown = groups.slice(0, limit);
  return { rows: shown.flatMap((group) => withMembers(group, opening)), left: groups.length - shown.length };
}

function withMembers(group: RowGroup, opening: Opening): TableRow[] {
  const path = `g${encodeURIComponent(group.name).replaceAll('.', '%2E')}`;
  const head: TableRow = { kind: 'group', path, group };
  if (!opening.open.has(path)) return [head];
  return [
    head,
    ...sortedRows(group.rows, opening.sorting)
      .slice(0, opening.limit)
      .flatMap((row) => withCalls(row, `${path}.`, 1, opening)),
  ];
}

function withCalls(row: ShownRow, prefix: string, depth: number, opening: Opening): TableRow[] {
  const path = `${prefix}${row.function}`;
  const head: TableRow = { kind: 'function', path, depth, row };
  if (!opening.open.has(path)) return [head];
  return [head, ...callsBelow(rootOf(opening.measured, row.function), path, depth + 1, opening)];
}

function callsBelow(above: CallRow, prefix: string, depth: number, opening: Opening): TableRow[] {
  return nextRows(above, opening.direction).flatMap((call): TableRow[] => {
    const path = `${prefix}.${call.function}`;
    const row = shownCall(call, opening.table);
    if (row === null) return [];
    const head: TableRow = { kind: 'function', path, depth, row };
    return opening.open.has(path) ? [head, ...callsBelow(call, path, depth + 1, opening)] : [head];
  });
}

function shownCall(
  { function: index, selfMs, totalMs }: CallRow,
  { functions }: FunctionTable,
): ShownRow | null {
  const known = functions[index];
  if (known === undefined) return null;
  const { name, file, line, origin, engine } = known;
  return {
    ...{ function: index, name, file, line, origin, engine, selfMs, totalMs, change: null },
    selfDelta: { ms: selfMs.after - selfMs.before, noise: false, low: null, high: null },
    totalDeltaMs: totalMs.after - totalMs.before,
    calls: { before: null, after: null },
  };
}
