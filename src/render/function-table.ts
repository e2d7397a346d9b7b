import { MS_PER_S } from '../base/units.ts';
import type { ReportFunction } from '../compare/profile-report.ts';

const HEADER = '   ncalls  tottime  percall  cumtime  percall filename:lineno(function)';
const COLUMN_WIDTH = 9;

export interface FunctionTable {
  /** pstats' line about a shortened list; empty for the whole list. */
  readonly restriction: readonly string[];
  readonly lines: readonly string[];
  /** What the marks that occur in the lines mean. */
  readonly legend: readonly string[];
}

/** The rows in pstats' columns, by cumulative time. Names are not escaped yet. */
export function functionTable(functions: readonly ReportFunction[], rows: number): FunctionTable {
  const shown = functions.toSorted(byCumulativeTime).slice(0, Math.max(0, rows));
  const total = functions.length;
  return {
    restriction: shown.length < total ? [`   List reduced from ${total} to ${shown.length}`] : [],
    lines: [HEADER, ...shown.map(rowOf)],
    legend: legendOf(shown),
  };
}

function byCumulativeTime(a: ReportFunction, b: ReportFunction): number {
  return (
    b.totalMs - a.totalMs ||
    b.selfMs - a.selfMs ||
    order(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    order(a.name, b.name)
  );
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rowOf(row: ReportFunction): string {
  const calls = row.calls === null ? '-' : String(row.calls);
  const cells = [
    row.recursive ? `${calls}*` : calls,
    (row.selfMs / MS_PER_S).toFixed(3),
    perCall(row.selfMs, row.calls),
    (row.totalMs / MS_PER_S).toFixed(3),
    perCall(row.totalMs, row.calls),
  ];
  // The space keeps a figure that fills its column apart from the one before.
  const figures = cells
    .map((cell, index) => (index === 0 ? cell : ` ${cell}`).padStart(COLUMN_WIDTH))
    .join('');
  return `${figures} ${placeOf(row)}`;
}

function perCall(ms: number, calls: number | null): string {
  return calls === null || calls === 0 ? '-' : (ms / MS_PER_S / calls).toFixed(6);
}

/** `index.ts:12(run)`; as in pstats `~:0(name)` where there is no file. */
function placeOf({ file, line, name, engine }: ReportFunction): string {
  const bare = name.replace(/^\((.*)\)$/s, '$1');
  const place = `${file === '' ? '~' : baseNameOf(file)}:${line}(${bare === '' ? 'anonymous' : bare})`;
  return engine ? `${place} [engine]` : place;
}

/** The last part of a path or url. */
function baseNameOf(file: string): string {
  if (file.startsWith('data:')) return 'data:';
  const path = file.startsWith('file:') ? file.replace(/[?#].*$/s, '') : file;
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? file;
}

function legendOf(shown: readonly ReportFunction[]): string[] {
  const legend: string[] = [];
  if (shown.some((row) => row.recursive)) {
    legend.push(
      '* seen to call itself, directly or not: ncalls counts every entry; cumtime counts a stack once.',
    );
  }
  if (shown.some((row) => row.calls === null)) {
    legend.push('- not counted: V8 has no exact number of calls for it.');
  }
  if (shown.some((row) => row.engine)) {
    legend.push("[engine] the engine's own or the harness's, not a function of the job.");
  }
  return legend;
}
