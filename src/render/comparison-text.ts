import { type Comparison, describeVerdict, type FunctionDifference } from '../compare/comparison.ts';
import { escapeTerminal } from './escape.ts';
import { interval, mebibytes, percent, seconds } from './format.ts';

const ROWS = 10;

/** The gain first, then why, then where it comes from. */
export function comparisonText(comparison: Comparison): string {
  const { before, after, gainRatio, verdict, split, functions, warnings } = comparison;
  const row = (what: string, old: string, now: string) =>
    `  ${what.padEnd(18)}${old.padStart(16)}${now.padStart(16)}`;
  return [
    `Efficiency gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}): ${escapeTerminal(after.implementation)} is ${describeVerdict(verdict)}`,
    '',
    row('', escapeTerminal(before.implementation), escapeTerminal(after.implementation)),
    row('time (median)', seconds(before.wallMs.point), seconds(after.wallMs.point)),
    row('CPU, all threads', seconds(before.cpuMs.point), seconds(after.cpuMs.point)),
    row('parallelism', split.parallelism.before.toFixed(2), split.parallelism.after.toFixed(2)),
    row('threads', String(before.threads), String(after.threads)),
    row('function calls', String(before.totalCalls), String(after.totalCalls)),
    row('peak memory', mebibytes(before.peakRssBytes.point), mebibytes(after.peakRssBytes.point)),
    '',
    `Why: ×${Math.exp(split.lessWorkLog).toFixed(2)} from less work (CPU time), ×${Math.exp(split.moreCoresLog).toFixed(2)} from more cores`,
    '',
    '  self time, sampled, all threads             difference      calls before → after',
    ...functions.slice(0, ROWS).map(differenceLine),
    '',
    ...warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    `Before: ${escapeTerminal(before.file)}`,
    `After:  ${escapeTerminal(after.file)}`,
    '',
  ].join('\n');
}

function differenceLine({ name, file, line, selfDeltaMs, calls }: FunctionDifference): string {
  const { point, low, high } = selfDeltaMs;
  const inNoise = low !== null && high !== null && low <= 0 && high >= 0;
  const shown =
    file === '' ? name : `${file.split('/').at(-1)}:${line}(${name === '' ? '(anonymous)' : name})`;
  const delta = inNoise ? '~' : `${point > 0 ? '+' : ''}${point.toFixed(1)} ms`;
  return `  ${escapeTerminal(shown).padEnd(42)}${delta.padStart(14)}      ${calls.before ?? '-'} → ${calls.after ?? '-'}`;
}
