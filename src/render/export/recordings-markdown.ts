import type { Comparison, Side } from '../../compare/comparison.ts';
import type { Delta, FunctionDifference } from '../../compare/function-differences.ts';
import type { Recordings } from '../../compare/many-profiles.ts';
import { describeVerdict } from '../../compare/verdict.ts';
import { type Amounts, amountsIn, NO_GAIN, NOT_AVAILABLE, totalsText } from '../amount.ts';
import { interval, percent, points, seconds } from '../format.ts';
import { escapeMarkdown, placeInMarkdown, tableRow } from './markdown-parts.ts';

const ROWS = 10;

/** Of several recordings a side: what they show, then each function's difference within its bounds. */
export function recordingsMarkdown(comparison: Comparison, recordings: Recordings): string[] {
  const { before, after, functions, measure } = comparison;
  const amounts = amountsIn(measure.unit);
  const { basis, busyRatio } = recordings;
  return [
    headline(comparison, recordings),
    '',
    tableRow('', escapeMarkdown(before.implementation), escapeMarkdown(after.implementation)),
    tableRow('---', '---:', '---:'),
    tableRow('recordings', String(recordings.before.length), String(recordings.after.length)),
    tableRow('length (median)', lengthText(before), lengthText(after)),
    ...(measure.isOrdered
      ? [
          tableRow(
            'busy, of sampled time',
            percent(busyRatio.before.point, 1),
            percent(busyRatio.after.point, 1),
          ),
        ]
      : []),
    '',
    tableRow(
      'function',
      basis === 'time' ? amounts.self : 'share of the busy time',
      'interval',
      'share before',
      'after',
    ),
    tableRow('---', '---:', '---:', '---:', '---:'),
    ...functions.slice(0, ROWS).map((one) => tableRow(...cells(one, { basis, amounts }))),
  ];
}

function lengthText({ wallMs }: Side): string {
  return wallMs === null ? NOT_AVAILABLE : seconds(wallMs.point);
}

function headline(comparison: Comparison, { basis, busyRatio }: Recordings): string {
  const { gainRatio, verdict, after } = comparison;
  if (gainRatio === null) return `**${totalsText(comparison)}**, of the middle recordings. ${NO_GAIN}.`;
  const words = escapeMarkdown(describeVerdict(verdict, after.implementation));
  if (basis === 'time')
    return `**Efficiency gain ${percent(gainRatio.point)}** (${interval(gainRatio, percent)}): ${words}`;
  return (
    `**Busy ${percent(busyRatio.before.point, 1)} before, ${percent(busyRatio.after.point, 1)} after**: ` +
    `${points(busyRatio.delta.point)} (${interval(busyRatio.delta, (ratio) => (100 * ratio).toFixed(1))}). ` +
    `Whether ${escapeMarkdown(after.implementation)} is faster: ${words}`
  );
}

interface Shown {
  readonly basis: Recordings['basis'];
  readonly amounts: Amounts;
}

function cells(one: FunctionDifference, shown: Shown): string[] {
  const { basis, amounts } = shown;
  const { selfDeltaMs, selfShare, noise } = one;
  const share = (ratio: number | undefined) => (ratio === undefined ? '-' : percent(ratio, 1));
  const delta = basis === 'time' ? selfDeltaMs : (selfShare?.delta ?? null);
  return [
    escapeMarkdown(placeInMarkdown(one)),
    delta === null || noise ? '~' : basis === 'time' ? amounts.signed(delta.point) : points(delta.point),
    boundsText(delta, shown),
    share(selfShare?.before),
    share(selfShare?.after),
  ];
}

function boundsText(delta: Delta | null, { basis, amounts }: Shown): string {
  if (delta === null || delta.low === null || delta.high === null) return '-';
  const { low, high } = delta;
  return basis === 'time' ? amounts.span(low, high) : `${points(low)} to ${points(high)}`;
}
