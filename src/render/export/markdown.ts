import { counted } from '../../base/counted.ts';
import type { Comparison } from '../../compare/comparison.ts';
import type { FunctionDifference } from '../../compare/function-differences.ts';
import type { ProfileReport } from '../../compare/profile-report.ts';
import type { Split } from '../../compare/split.ts';
import { describeVerdict } from '../../compare/verdict.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { type Amounts, amountsIn, NO_GAIN, NOT_AVAILABLE, totalsText } from '../amount.ts';
import { adaptiveTime, interval, mebibytes, percent, seconds, timeSpan, whole } from '../format.ts';
import { idleSentences } from '../idle-text.ts';
import { type MismatchText, mismatchText } from '../mismatch-text.ts';
import { SPLIT_LABELS, WAITING_UNKNOWN } from '../split-labels.ts';
import { escapeMarkdown, placeInMarkdown, tableRow } from './markdown-parts.ts';
import { recordingsMarkdown } from './recordings-markdown.ts';

const ROWS = 10;

/** A comparison for a pull request or an issue. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { packages, warnings, recordings } = comparison;
  return [
    ...(recordings === null ? summary(comparison) : recordingsMarkdown(comparison, recordings)),
    '',
    tableRow('origin', 'before', 'after'),
    tableRow('---', '---:', '---:'),
    ...packages
      .slice(0, ROWS)
      .map(({ name, beforeShare, afterShare }) =>
        tableRow(escapeMarkdown(name), percent(beforeShare, 0), percent(afterShare, 0)),
      ),
    ...(warnings.length === 0 ? [] : ['', ...warnings.map((warning) => `- ${escapeMarkdown(warning)}`)]),
    '',
  ].join('\n');
}

function summary(comparison: Comparison): string[] {
  const { before, after, split, functions, measure } = comparison;
  const amounts = amountsIn(measure.unit);
  const mismatch = mismatchText(comparison);
  return [
    ...(mismatch === null ? [claim(comparison)] : mismatchParagraphs(mismatch)),
    ...idleSentences(comparison).flatMap((one) => ['', `${escapeMarkdown(one)}.`]),
    '',
    tableRow('', escapeMarkdown(before.implementation), escapeMarkdown(after.implementation)),
    tableRow('---', '---:', '---:'),
    tableRow('time (median)', knownSeconds(before.wallMs), knownSeconds(after.wallMs)),
    ...(before.cpuMs === null || after.cpuMs === null
      ? []
      : [tableRow('CPU, all threads', seconds(before.cpuMs.point), seconds(after.cpuMs.point))]),
    tableRow('threads', String(before.threads ?? NOT_AVAILABLE), String(after.threads ?? NOT_AVAILABLE)),
    tableRow('function calls', whole(before.totalCalls), whole(after.totalCalls)),
    ...(before.peakRssBytes === null || after.peakRssBytes === null
      ? []
      : [tableRow('peak memory', mebibytes(before.peakRssBytes.point), mebibytes(after.peakRssBytes.point))]),
    ...(split === null ? [] : ['', splitSentence(split)]),
    '',
    tableRow('function', amounts.self, 'calls before', 'after'),
    tableRow('---', '---:', '---:', '---:'),
    ...functions.slice(0, ROWS).map((one) => tableRow(...functionCells(one, amounts))),
  ];
}

function splitSentence({ savedMs, lessWork, moreCores, lessWaiting }: Split): string {
  const part = (what: string, { savedMs: saved }: Split['lessWork']) =>
    `${adaptiveTime(saved.point)} by ${what}` +
    (saved.confidenceLevel === 0 ? '' : `, ${timeSpan(saved.low, saved.high)}`);
  const parts = [
    part(SPLIT_LABELS.lessWork, lessWork),
    part(SPLIT_LABELS.moreCores, moreCores),
    lessWaiting === null ? WAITING_UNKNOWN : part(SPLIT_LABELS.lessWaiting, lessWaiting),
  ];
  return `${adaptiveTime(Math.abs(savedMs))} ${savedMs < 0 ? 'more' : 'saved'}: ${parts.join('; ')}.`;
}

function claim(comparison: Comparison): string {
  const { gainRatio, verdict, after } = comparison;
  if (gainRatio === null) return `**${totalsText(comparison)}**. ${NO_GAIN}.`;
  const words = escapeMarkdown(describeVerdict(verdict, after.implementation));
  return `**Efficiency gain ${percent(gainRatio.point)}** (${interval(gainRatio, percent)}): ${words}`;
}

function mismatchParagraphs({ headline, differences, remedy }: MismatchText): string[] {
  return [
    `**${escapeMarkdown(headline)}**`,
    '',
    ...differences.map((one) => `- ${escapeMarkdown(one)}`),
    '',
    escapeMarkdown(remedy),
  ];
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
      `${totalCalls === null ? 'an unknown number of function calls' : `${whole(totalCalls)} function ${totalCalls === 1 ? 'call' : 'calls'}`}, ${counted(threads.length, 'thread')}`,
    '',
    '| function | self | total | calls |',
    '| --- | ---: | ---: | ---: |',
    ...largest.map(
      (one) =>
        `| ${escapeMarkdown(placeInMarkdown(one))} | ${adaptiveTime(one.selfMs)} | ${adaptiveTime(one.totalMs)} | ${whole(one.calls)} |`,
    ),
    '',
  ].join('\n');
}

function knownSeconds(estimate: Estimate | null): string {
  return estimate === null ? NOT_AVAILABLE : seconds(estimate.point);
}

function functionCells(difference: FunctionDifference, amounts: Amounts): string[] {
  const { selfDeltaMs, calls, noise } = difference;
  return [
    escapeMarkdown(placeInMarkdown(difference)),
    noise ? '~' : amounts.signed(selfDeltaMs.point),
    whole(calls.before),
    whole(calls.after),
  ];
}
