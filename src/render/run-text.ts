import { counted } from '../base/counted.ts';
import type { OnceReport } from '../compare/once-report.ts';
import { escapeTerminal } from './escape.ts';
import { mebibytes, seconds } from './format.ts';

export interface OutputSoFar {
  readonly elapsedMs: number;
  readonly sizeBytes: number;
}

export function runProgress({ elapsedMs, sizeBytes }: OutputSoFar): string {
  return `${seconds(elapsedMs)}, ${mebibytes(sizeBytes)} of output`;
}

/** One run, one line: what it took and what it gave. */
export function runText({ implementation, wallMs, cpuMs, peakRssBytes, output }: OnceReport): string {
  const where = output.file === null ? 'not kept (--output FILE keeps it)' : escapeTerminal(output.file);
  return [
    `${escapeTerminal(implementation)}: ${seconds(wallMs)} (one cold run, writing included), ` +
      `CPU ${seconds(cpuMs)}, peak memory ${mebibytes(peakRssBytes)}`,
    `Output: ${output.sizeBytes === null ? 'a value of unknown size' : counted(output.sizeBytes, 'byte')}, ${where}`,
    '',
  ].join('\n');
}
