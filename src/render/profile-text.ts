import { MS_PER_S } from '../base/units.ts';
import type { ProfileReport, ReportThread } from '../compare/profile-report.ts';
import { escapeTerminal } from './escape.ts';
import { formatBytes, formatCount, formatDuration, formatPercent } from './format.ts';
import { functionTable } from './function-table.ts';

export interface ProfileTextOptions {
  /** How many rows of the table; all without it. */
  readonly rows?: number;
}

/** The summary as pstats prints it, with the machine, the threads and the warnings above the table. */
export function profileText(report: ProfileReport, options: ProfileTextOptions = {}): string {
  const table = functionTable(report.functions, options.rows ?? report.functions.length);
  const name = `${report.job}_${report.implementation}_profile`;
  const sections = [
    [`${dateOf(report.startedAt)}    ${name}`],
    [environmentLine(report), ...report.threads.map(threadLine)],
    report.warnings.map((warning) => `Warning: ${warning}`),
    callLines(report),
    ['   Ordered by: cumulative time', ...table.restriction],
    table.lines,
    [...table.legend, ...samplingLines(report)],
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.map(escapeTerminal).join('\n')).join('\n\n')}\n`;
}

/** The stored instant as it is, in UTC, so that a report reads the same everywhere. */
function dateOf(startedAt: string): string {
  return startedAt.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
}

function environmentLine({ environment }: ProfileReport): string {
  const node = environment.node.replace(/^v/, '');
  const commit =
    environment.gitCommit === null ? 'git commit not known' : `git commit ${environment.gitCommit}`;
  const memory = `${formatBytes(environment.memoryBytes)} memory`;
  const cores = plural(environment.cores, 'core');
  const parts = [
    `Node ${node}`,
    `V8 ${environment.v8}`,
    environment.platform,
    environment.cpu,
    cores,
    memory,
    commit,
  ];
  return `Environment: ${parts.join(', ')}`;
}

function threadLine(thread: ReportThread): string {
  const cpu = thread.cpuMs === null ? 'not known' : formatDuration(thread.cpuMs);
  const waiting = thread.waitingMs === null ? 'not known' : formatDuration(thread.waitingMs);
  const wall = formatDuration(thread.wallMs);
  return `Thread ${thread.name}: wall ${wall}, CPU ${cpu}, waiting ${waiting}, ${plural(thread.samples, 'sample')}`;
}

function callLines({ timing, totalCalls }: ProfileReport): string[] {
  const { point, low, high, confidenceLevel } = timing.wallMs;
  const runs = timing.runsMs.length;
  const interval =
    runs === 1 || confidenceLevel === 0
      ? 'no interval can be given'
      : `${seconds(low)} to ${seconds(high)} s with ${formatPercent(confidenceLevel)} confidence`;
  return [
    `   ${totalCalls} function calls in ${seconds(point)} seconds`,
    `   (calls are exact, of all threads; seconds are the median of ${plural(runs, 'unprofiled run')}: ${interval})`,
  ];
}

function samplingLines({ sampling }: ProfileReport): string[] {
  return [
    'tottime and cumtime are sampled wall time of all threads, waiting included: their sum may exceed the seconds above.',
    `Sampled every ${formatCount(sampling.intervalUs)} µs, ${formatDuration(sampling.sampledMs)} in all, in the median of ${plural(sampling.wallRunsMs.length, 'sampling run')}.`,
  ];
}

function seconds(ms: number): string {
  return (ms / MS_PER_S).toFixed(3);
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
