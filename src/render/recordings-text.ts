import { counted } from '../base/counted.ts';
import type { Comparison, Side } from '../compare/comparison.ts';
import type { Delta, FunctionDifference } from '../compare/function-differences.ts';
import type { RecordingLength, Recordings } from '../compare/many-profiles.ts';
import { describeVerdict } from '../compare/verdict.ts';
import { type Amounts, amountsIn, NO_GAIN, NOT_AVAILABLE, totalsText } from './amount.ts';
import { escapeTerminal } from './escape.ts';
import { confidence, fitted, interval, percent, placeOf, points, seconds } from './format.ts';
import { type Column, tableLines } from './table.ts';

const ROWS = 10;

/** Of several recordings a side: what they show first, then each function's difference within its bounds; 80 columns wide. */
export function recordingsLines(comparison: Comparison, recordings: Recordings): string[] {
  const { before, after } = comparison;
  const { busyRatio } = recordings;
  return [
    ...headline(comparison, recordings),
    '',
    ...tableLines(SIDE_COLUMNS, [
      ['', escapeTerminal(before.implementation), escapeTerminal(after.implementation)],
      ['  recordings', String(recordings.before.length), String(recordings.after.length)],
      ['  length (median)', lengthText(before), lengthText(after)],
      ...(comparison.measure.isOrdered
        ? [['  busy, of sampled time', percent(busyRatio.before.point, 1), percent(busyRatio.after.point, 1)]]
        : []),
      ['  threads', threadsText(before), threadsText(after)],
    ]),
    '',
    ...functionLines(comparison, recordings),
    '',
  ];
}

const SIDE_COLUMNS: readonly Column[] = [
  { align: 'left', width: 26 },
  { align: 'right', width: 18 },
  { align: 'right', width: 18 },
];

/** Which recordings there were, and which of them stands for its side where one has to. */
export function recordingsClosing({ before, after }: Comparison, recordings: Recordings): string[] {
  const line = (what: string, { file }: Side, all: readonly RecordingLength[]) =>
    `${what} ${counted(all.length, 'recording')}, the middle one ${escapeTerminal(file)}`;
  return [line('Before:', before, recordings.before), line('After: ', after, recordings.after)];
}

function headline(comparison: Comparison, { basis, busyRatio }: Recordings): string[] {
  const { gainRatio, verdict, after } = comparison;
  if (gainRatio === null) return [`${totalsText(comparison)}, of the middle recordings`, NO_GAIN];
  const name = escapeTerminal(after.implementation);
  if (basis === 'time')
    return [
      `Efficiency gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}): ${describeVerdict(verdict, name)}`,
    ];
  return [
    `Busy ${percent(busyRatio.before.point, 1)} before, ${percent(busyRatio.after.point, 1)} after: ` +
      `${points(busyRatio.delta.point)} (${interval(busyRatio.delta, (ratio) => (100 * ratio).toFixed(1))})`,
    `Whether ${name} is faster: ${describeVerdict(verdict, name)}`,
  ];
}

function lengthText({ wallMs }: Side): string {
  return wallMs === null ? NOT_AVAILABLE : seconds(wallMs.point);
}

function threadsText({ threads }: Side): string {
  return threads === null ? NOT_AVAILABLE : String(threads);
}

function functionLines({ functions, measure }: Comparison, { basis }: Recordings): string[] {
  const amounts = amountsIn(measure.unit);
  const level =
    functions.find(({ selfDeltaMs }) => selfDeltaMs.low !== null)?.selfDeltaMs.confidenceLevel ?? 0;
  const rest = functions.length - ROWS;
  return [
    ...tableLines(FUNCTION_COLUMNS, [
      [
        basis === 'time' ? `  ${amounts.self}, sampled` : '  share of the busy time',
        'difference',
        level === 0 ? '' : `at ${confidence(level)}`,
        basis === 'time' ? 'share' : 'before',
        'after',
      ],
      ...functions.slice(0, ROWS).map((one) => functionCells(one, { basis, amounts })),
    ]),
    ...(rest > 0 ? [`  ${counted(rest, 'other')}`] : []),
  ];
}

const FUNCTION_COLUMNS: readonly Column[] = [
  { align: 'left', width: 31 },
  { align: 'right', width: 13 },
  { align: 'right', width: 19 },
  { align: 'right', width: 8 },
  { align: 'right', width: 8 },
];

interface Shown {
  readonly basis: Recordings['basis'];
  readonly amounts: Amounts;
}

function functionCells(one: FunctionDifference, shown: Shown): string[] {
  const { basis, amounts } = shown;
  const { selfDeltaMs, selfShare, noise } = one;
  const share = (ratio: number | undefined) => (ratio === undefined ? '-' : percent(ratio, 1));
  const delta = basis === 'time' ? selfDeltaMs : (selfShare?.delta ?? null);
  return [
    `  ${fitted(escapeTerminal(placeOf(one)), 29)}`,
    delta === null || noise ? '~' : basis === 'time' ? amounts.signed(delta.point) : points(delta.point),
    delta === null ? '' : boundsText(delta, shown),
    share(selfShare?.before),
    share(selfShare?.after),
  ];
}

function boundsText({ low, high }: Delta, { basis, amounts }: Shown): string {
  if (low === null || high === null) return '';
  if (amounts.self !== 'self time') return amounts.span(low, high);
  const text = (value: number) => (basis === 'time' ? value : value * 100).toFixed(1);
  return `${text(low)} to ${text(high)}`;
}
