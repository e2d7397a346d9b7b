import { counted } from '../base/counted.ts';
import { MS_PER_S } from '../base/units.ts';
import type { ProfileReport, ReportFunction } from '../compare/profile-report.ts';
import { escapeTerminal } from './escape.ts';
import { interval, milliseconds, placeOf, seconds } from './format.ts';
import { type Column, tableLines } from './table.ts';

/** The summary as pstats prints one, after the facts that it rests on. */
export function profileText(report: ProfileReport, name: string): string {
  const { environment, timing, sampling, threads } = report;
  const recursive = report.functions.some((row) => row.recursive);
  return [
    `${report.startedAt}    ${escapeTerminal(name)}`,
    '',
    `Node ${escapeTerminal(environment.node)}, ${escapeTerminal(environment.cpu)}, ${counted(environment.cores, 'core')}, ${escapeTerminal(environment.platform)}, ` +
      `commit ${escapeTerminal(environment.gitCommit ?? 'not known')}`,
    `Input ${escapeTerminal(JSON.stringify(report.input))}`,
    ...threads.map(
      (thread) =>
        `Thread ${escapeTerminal(thread.name)}: wall ${milliseconds(thread.wallMs)}, CPU ${milliseconds(thread.cpuMs)}, ` +
        `waiting ${milliseconds(thread.waitingMs)}, ${counted(thread.samples, 'sample')}`,
    ),
    ...report.warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    '',
    `         ${report.totalCalls === null ? 'unknown function calls' : counted(report.totalCalls, 'function call')} in ${(timing.wallMs.point / MS_PER_S).toFixed(3)} seconds`,
    `         (${report.totalCalls === null ? 'calls lost, see the warnings' : 'calls exact, all threads'}; time the median of ${counted(timing.runsMs.length, 'unprofiled run')}, ${interval(timing.wallMs, seconds)})`,
    '',
    '   Ordered by: cumulative time',
    `   tottime and cumtime are sampled wall time of all threads, waiting included: ${seconds(sampling.sampledMs)} in all,`,
    `   one sample every ${sampling.intervalUs} µs. Rows in angle brackets are V8's or outpace's own, not functions of the job.`,
    ...(recursive
      ? ['   * seen to recurse: V8 counts every entry, so the primitive calls are not known.']
      : []),
    '',
    ...tableLines(COLUMNS, [
      ['ncalls', 'tottime', 'percall', 'cumtime', 'percall', ' filename:lineno(function)'],
      ...report.functions.map(cells),
    ]),
    '',
  ].join('\n');
}

/** As pstats has them. */
const COLUMNS: readonly Column[] = [
  { align: 'right', width: 12 },
  ...Array.from({ length: 4 }, (): Column => ({ align: 'right', width: 9 })),
  { align: 'left', width: 0 },
];

function cells(row: ReportFunction): string[] {
  const calls = row.calls === null ? '-' : `${row.calls}${row.recursive ? '*' : ''}`;
  const perCall = (totalMs: number) =>
    row.calls === null || row.calls === 0 ? '-' : (totalMs / MS_PER_S / row.calls).toFixed(6);
  const time = (totalMs: number) => (totalMs / MS_PER_S).toFixed(3);
  return [
    calls,
    time(row.selfMs),
    perCall(row.selfMs),
    time(row.totalMs),
    perCall(row.totalMs),
    ` ${escapeTerminal(functionLabel(row))}`,
  ];
}

/** As pstats has it: `file:line(name)`; V8's own entries in angle brackets, what has no file in braces. */
export function functionLabel({
  engine,
  name,
  file,
  line: lineNumber,
}: Pick<ReportFunction, 'engine' | 'name' | 'file' | 'line'>): string {
  const shown = name === '' ? '(anonymous)' : name;
  if (engine) return `<${shown.replace(/[()]/g, '')}>`;
  return file === '' ? `{${shown}}` : placeOf({ name, file, line: lineNumber });
}
