import { MS_PER_S } from '../base/units.ts';
import type { ProfileReport, ReportFunction } from '../compare/profile-report.ts';
import { escapeTerminal } from './escape.ts';
import { interval, milliseconds, seconds } from './format.ts';

/** The summary as pstats prints one, after the facts that it rests on. */
export function profileText(report: ProfileReport, name: string): string {
  const { environment, timing, sampling, threads } = report;
  const recursive = report.functions.some((row) => row.recursive);
  return [
    `${report.startedAt}    ${escapeTerminal(name)}`,
    '',
    `Node ${escapeTerminal(environment.node)}, ${escapeTerminal(environment.cpu)}, ${environment.cores} cores, ${escapeTerminal(environment.platform)}, ` +
      `commit ${escapeTerminal(environment.gitCommit ?? 'not known')}`,
    `Input ${escapeTerminal(JSON.stringify(report.input))}`,
    ...threads.map(
      (thread) =>
        `Thread ${escapeTerminal(thread.name)}: wall ${milliseconds(thread.wallMs)}, CPU ${milliseconds(thread.cpuMs)}, ` +
        `waiting ${milliseconds(thread.waitingMs)}, ${thread.samples} samples`,
    ),
    ...report.warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    '',
    `         ${report.totalCalls} function calls in ${(timing.wallMs.point / MS_PER_S).toFixed(3)} seconds`,
    `         (calls exact, all threads; time the median of ${timing.runsMs.length} unprofiled runs, ${interval(timing.wallMs, seconds)})`,
    '',
    '   Ordered by: cumulative time',
    `   tottime and cumtime are sampled wall time of all threads, waiting included: ${seconds(sampling.sampledMs)} in all,`,
    `   one sample every ${sampling.intervalUs} µs. Rows in angle brackets are V8's or outpace's own, not functions of the job.`,
    ...(recursive
      ? ['   * seen to recurse: V8 counts every entry, so the primitive calls are not known.']
      : []),
    '',
    `${'ncalls'.padStart(12)}  tottime  percall  cumtime  percall filename:lineno(function)`,
    ...report.functions.map(line),
    '',
  ].join('\n');
}

function line(row: ReportFunction): string {
  const calls = row.calls === null ? '-' : `${row.calls}${row.recursive ? '*' : ''}`;
  const column = (text: string) => text.padStart(8);
  const perCall = (totalMs: number) =>
    row.calls === null || row.calls === 0 ? '-' : (totalMs / MS_PER_S / row.calls).toFixed(6);
  const time = (totalMs: number) => (totalMs / MS_PER_S).toFixed(3);
  return [
    calls.padStart(12),
    column(time(row.selfMs)),
    column(perCall(row.selfMs)),
    column(time(row.totalMs)),
    column(perCall(row.totalMs)),
    escapeTerminal(functionLabel(row)),
  ].join(' ');
}

/** As pstats has it: `file:line(name)`; V8's own entries in angle brackets, what has no file in braces. */
export function functionLabel({
  engine,
  name,
  file,
  line: lineNumber,
}: Pick<ReportFunction, 'engine' | 'name' | 'file' | 'line'>): string {
  if (engine) return `<${name.replace(/[()]/g, '')}>`;
  const shown = name === '' ? '(anonymous)' : name;
  return file === '' ? `{${shown}}` : `${file.split('/').at(-1)}:${lineNumber}(${shown})`;
}
