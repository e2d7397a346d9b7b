import type { Comparison } from '../../compare/comparison.ts';
import type { FunctionDifference } from '../../compare/function-differences.ts';
import type { ProfileReport } from '../../compare/profile-report.ts';
import { describeVerdict } from '../../compare/verdict.ts';
import {
  adaptiveTime,
  interval,
  mebibytes,
  percent,
  seconds,
  signedMilliseconds,
  timeSpan,
  whole,
} from '../format.ts';

const ROWS = 10;

/** A comparison for a pull request or an issue. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { before, after, gainRatio, verdict, split, functions, packages, warnings } = comparison;
  const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `**Efficiency gain ${percent(gainRatio.point)}** (${interval(gainRatio, percent)}): ${escapeMarkdown(describeVerdict(verdict, after.implementation))}`,
    '',
    row('', escapeMarkdown(before.implementation), escapeMarkdown(after.implementation)),
    row('---', '---:', '---:'),
    row('time (median)', seconds(before.wallMs.point), seconds(after.wallMs.point)),
    ...(before.cpuMs === null || after.cpuMs === null
      ? []
      : [row('CPU, all threads', seconds(before.cpuMs.point), seconds(after.cpuMs.point))]),
    row('threads', String(before.threads), String(after.threads)),
    row('function calls', whole(before.totalCalls), whole(after.totalCalls)),
    ...(before.peakRssBytes === null || after.peakRssBytes === null
      ? []
      : [row('peak memory', mebibytes(before.peakRssBytes.point), mebibytes(after.peakRssBytes.point))]),
    ...(split === null
      ? []
      : [
          '',
          `${adaptiveTime(split.savedMs)} saved: ${adaptiveTime(split.lessWork.savedMs.point)} by less work ` +
            `(${timeSpan(split.lessWork.savedMs.low, split.lessWork.savedMs.high)}), ` +
            `${adaptiveTime(split.moreCores.savedMs.point)} by more cores ` +
            `(${timeSpan(split.moreCores.savedMs.low, split.moreCores.savedMs.high)}).`,
        ]),
    '',
    row('function', 'self time', 'calls before', 'after'),
    row('---', '---:', '---:', '---:'),
    ...functions.slice(0, ROWS).map((one) => row(...functionCells(one))),
    '',
    row('origin', 'before', 'after'),
    row('---', '---:', '---:'),
    ...packages
      .slice(0, ROWS)
      .map(({ name, beforeShare, afterShare }) =>
        row(escapeMarkdown(name), percent(beforeShare, 0), percent(afterShare, 0)),
      ),
    ...(warnings.length === 0 ? [] : ['', ...warnings.map((warning) => `- ${escapeMarkdown(warning)}`)]),
    '',
  ].join('\n');
}

/** One profile's largest functions. */
export function profileMarkdown({
  implementation,
  timing,
  totalCalls,
  functions,
  threads,
}: ProfileReport): string {
  const largest = functions.toSorted((a, b) => b.selfMs - a.selfMs).slice(0, ROWS);
  return [
    `**${escapeMarkdown(implementation)}**: ${seconds(timing.wallMs.point)} (${interval(timing.wallMs, seconds)}), ` +
      `${whole(totalCalls)} function calls, ${threads.length} thread${threads.length === 1 ? '' : 's'}`,
    '',
    '| function | self | total | calls |',
    '| --- | ---: | ---: | ---: |',
    ...largest.map(
      (one) =>
        `| ${escapeMarkdown(placeOf(one))} | ${adaptiveTime(one.selfMs)} | ${adaptiveTime(one.totalMs)} | ${whole(one.calls)} |`,
    ),
    '',
  ].join('\n');
}

function functionCells(difference: FunctionDifference): string[] {
  const { selfDeltaMs, calls, noise } = difference;
  return [
    escapeMarkdown(placeOf(difference)),
    noise ? '~' : signedMilliseconds(selfDeltaMs.point),
    whole(calls.before),
    whole(calls.after),
  ];
}

function placeOf({
  name,
  file,
  line,
}: {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}): string {
  if (file === '') return name;
  return `${name === '' ? '(anonymous)' : name} (${file.split('/').at(-1)}:${line})`;
}

/** Text that stays text: no markup, no HTML, no end of a cell, no link, no mention of anybody or of an issue. */
export function escapeMarkdown(text: string): string {
  // Pages are searched for mentions and issues after they are rendered: what parts them must be there then.
  return escapeMarks(text)
    .replaceAll('&#64;', '&#64;&#8203;')
    .replaceAll(/(?<!&)#(?=\d)/g, '#&#8203;');
}

/** The same as code, where nobody looks for mentions, so that it can be copied as it is. */
export function markdownCode(text: string): string {
  return `<code>${escapeMarks(text)}</code>`;
}

function escapeMarks(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\ufffe\uffff]/gu, ' ')
    .replaceAll(/[&\\`*_[\]<>|~$@]/g, (mark) => `&#${mark.codePointAt(0)};`)
    .replaceAll('://', '&#58;//')
    .replaceAll(/www(?=\.)/gi, (letters) => `&#${letters.codePointAt(0)};${letters.slice(1)}`);
}
