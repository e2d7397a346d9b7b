import type { Comparison, Split } from '../compare/comparison.ts';
import type { FunctionDifference } from '../compare/function-differences.ts';
import { describeVerdict } from '../compare/verdict.ts';
import { escapeTerminal } from './escape.ts';
import { fitted, interval, mebibytes, percent, seconds, signedMilliseconds, whole } from './format.ts';

const ROWS = 10;

/** The gain first, then why, then where it comes from; 80 columns wide. */
export function comparisonText(comparison: Comparison): string {
  const { before, after, gainRatio, verdict, split, functions, warnings } = comparison;
  const row = (what: string, old: string, now: string) =>
    `  ${what.padEnd(20)}${old.padStart(20)}${now.padStart(20)}`;
  return [
    `Efficiency gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}): ` +
      describeVerdict(verdict, escapeTerminal(after.implementation)),
    '',
    row('', escapeTerminal(before.implementation), escapeTerminal(after.implementation)),
    row('time (median)', seconds(before.wallMs.point), seconds(after.wallMs.point)),
    row('CPU, all threads', seconds(before.cpuMs.point), seconds(after.cpuMs.point)),
    ...(split === null
      ? []
      : [row('parallelism', split.parallelism.before.toFixed(2), split.parallelism.after.toFixed(2))]),
    row('threads', String(before.threads), String(after.threads)),
    row('function calls', whole(before.totalCalls), whole(after.totalCalls)),
    row('peak memory', mebibytes(before.peakRssBytes.point), mebibytes(after.peakRssBytes.point)),
    '',
    why(split),
    '',
    `  ${'self time, sampled, all threads'.padEnd(36)}${'difference'.padStart(14)}${'calls before'.padStart(14)}${'after'.padStart(13)}`,
    ...functions.slice(0, ROWS).map(differenceLine),
    '',
    ...warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    `Before: ${escapeTerminal(before.file)}`,
    `After:  ${escapeTerminal(after.file)}`,
    '',
  ].join('\n');
}

function why(split: Split | null): string {
  if (split === null) return 'Why: not known, the CPU time is too little to be measured';
  const factor = (log: number) => `×${Math.exp(log).toFixed(2)}`;
  return (
    `Why: ${factor(split.lessWorkLog + split.moreCoresLog)} in all is ` +
    `${factor(split.lessWorkLog)} from less work (CPU time), ${factor(split.moreCoresLog)} from more cores`
  );
}

function differenceLine({ name, file, line, selfDeltaMs, calls }: FunctionDifference): string {
  const { point, low, high } = selfDeltaMs;
  const inNoise = low !== null && high !== null && low <= 0 && high >= 0;
  const shown =
    file === '' ? name : `${file.split('/').at(-1)}:${line}(${name === '' ? '(anonymous)' : name})`;
  return (
    `  ${fitted(escapeTerminal(shown), 36)}${(inNoise ? '~' : signedMilliseconds(point)).padStart(14)}` +
    `${whole(calls.before).padStart(14)}${whole(calls.after).padStart(13)}`
  );
}
