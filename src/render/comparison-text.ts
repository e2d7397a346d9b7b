import { counted } from '../base/counted.ts';
import type { Bound } from '../compare/bounds.ts';
import type { Comparison, Side } from '../compare/comparison.ts';
import { type FunctionDifference, isNoise } from '../compare/function-differences.ts';
import type { PackageDifference } from '../compare/packages.ts';
import type { Split } from '../compare/split.ts';
import { describeVerdict } from '../compare/verdict.ts';
import type { Estimate } from '../stats/estimate.ts';
import { type Amounts, amountsIn, NO_GAIN, NOT_AVAILABLE, totalsText } from './amount.ts';
import { escapeTerminal } from './escape.ts';
import {
  adaptiveTime,
  fitted,
  interval,
  mebibytes,
  percent,
  placeOf,
  seconds,
  timeSpan,
  whole,
} from './format.ts';
import { idleSentences } from './idle-text.ts';
import { mismatchLines, mismatchText } from './mismatch-text.ts';
import { recordingsClosing, recordingsLines } from './recordings-text.ts';
import { SPLIT_LABELS, WAITING_UNKNOWN } from './split-labels.ts';
import { type Column, tableLines } from './table.ts';
import { PICTURE_KEY, timelineLines } from './timeline-text.ts';

const ROWS = 10;
const PACKAGE_ROWS = 6;

/** The gain first, then why, then where it comes from; 80 columns wide. */
export function comparisonText(comparison: Comparison): string {
  return [...summaryLines(comparison), ...closingLines(comparison)].join('\n');
}

/** The same, with what each package costs, what every thread did and waited for, and what could still be won. */
export function explanationText(comparison: Comparison): string {
  const { before, after, timelines, bounds, packages, measure } = comparison;
  return [
    ...summaryLines(comparison),
    ...packageLines(packages, measure.unit),
    '',
    ...(timelines !== null
      ? [
          ...timelineLines(escapeTerminal(before.implementation), timelines.before),
          ...timelineLines(escapeTerminal(after.implementation), timelines.after),
          `  ${PICTURE_KEY}`,
        ]
      : [`Timeline: ${NOT_AVAILABLE} without the order of time on both sides`]),
    ...boundLines(bounds, after.implementation),
    '',
    ...closingLines(comparison),
  ].join('\n');
}

function summaryLines(comparison: Comparison): string[] {
  const { before, after, gainRatio, split, recordings } = comparison;
  if (recordings !== null) return recordingsLines(comparison, recordings);
  const mismatch = mismatchText(comparison);
  return [
    ...headlineLines(comparison),
    ...idleSentences(comparison).map(escapeTerminal),
    '',
    ...tableLines(SIDE_COLUMNS, [
      ['', escapeTerminal(before.implementation), escapeTerminal(after.implementation)],
      [
        '  time (median)',
        known(before.wallMs, seconds, NOT_AVAILABLE),
        known(after.wallMs, seconds, NOT_AVAILABLE),
      ],
      ['  CPU, all threads', known(before.cpuMs, seconds), known(after.cpuMs, seconds)],
      ...(split === null
        ? []
        : [['  parallelism', split.parallelism.before.toFixed(2), split.parallelism.after.toFixed(2)]]),
      ['  threads', threadsText(before), threadsText(after)],
      ['  function calls', whole(before.totalCalls), whole(after.totalCalls)],
      ['  peak memory', known(before.peakRssBytes, mebibytes), known(after.peakRssBytes, mebibytes)],
    ]),
    '',
    ...(mismatch === null && gainRatio !== null ? [...splitLines(split), ''] : []),
    ...functionLines(comparison),
    '',
  ];
}

/** The gain, or why there is none. */
function headlineLines(comparison: Comparison): string[] {
  const { after, gainRatio, verdict } = comparison;
  const mismatch = mismatchText(comparison);
  if (mismatch !== null) return mismatchLines(mismatch);
  if (gainRatio === null) return [totalsText(comparison), NO_GAIN];
  return [
    `Efficiency gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}): ` +
      describeVerdict(verdict, escapeTerminal(after.implementation)),
  ];
}

const SIDE_COLUMNS: readonly Column[] = [
  { align: 'left', width: 22 },
  { align: 'right', width: 20 },
  { align: 'right', width: 20 },
];

function known(estimate: Estimate | null, format: (value: number) => string, unknown = '-'): string {
  return estimate === null ? unknown : format(estimate.point);
}

function threadsText({ threads }: Side): string {
  return threads === null ? NOT_AVAILABLE : String(threads);
}

function closingLines(comparison: Comparison): string[] {
  const { before, after, warnings, recordings } = comparison;
  return [
    ...warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    ...(recordings === null
      ? [`Before: ${escapeTerminal(before.file)}`, `After:  ${escapeTerminal(after.file)}`]
      : recordingsClosing(comparison, recordings)),
    '',
  ];
}

function splitLines(split: Split | null): string[] {
  if (split === null) return ['Why: not known, since the CPU time is too little to be measured'];
  const { savedMs, lessWork, moreCores, lessWaiting } = split;
  const factor = (log: number) => `×${Math.exp(log).toFixed(2)}`;
  const cells = (what: string, { log, savedMs: saved }: Split['lessWork']) => [
    `  ${what}`,
    factor(log.point),
    adaptiveTime(saved.point),
    saved.confidenceLevel === 0 ? '' : `  (${timeSpan(saved.low, saved.high)})`,
  ];
  const total = [lessWork, moreCores, lessWaiting].reduce((sum, part) => sum + (part?.log.point ?? 0), 0);
  return [
    `Why: ${adaptiveTime(Math.abs(savedMs))} ${savedMs < 0 ? 'more' : 'saved'}, ${factor(total)} in total`,
    ...tableLines(SPLIT_COLUMNS, [
      cells(SPLIT_LABELS.lessWork, lessWork),
      cells(SPLIT_LABELS.moreCores, moreCores),
      ...(lessWaiting === null ? [] : [cells(SPLIT_LABELS.lessWaiting, lessWaiting)]),
    ]),
    ...(lessWaiting === null ? [`  ${WAITING_UNKNOWN}`] : []),
  ];
}

const SPLIT_COLUMNS: readonly Column[] = [
  { align: 'left', width: 26 },
  { align: 'right', width: 8 },
  { align: 'right', width: 14 },
  { align: 'left', width: 0 },
];

function functionLines({ functions, sampled, inlining, measure }: Comparison): string[] {
  const amounts = amountsIn(measure.unit);
  const rest = functions.slice(ROWS);
  const sum = (what: string, ms: number) => [`  ${what}`, amounts.signed(ms)];
  return [
    ...tableLines(FUNCTION_COLUMNS, [
      [`  ${amounts.self}, sampled, all threads`, 'difference', 'calls before', 'after'],
      ...functions.slice(0, ROWS).map((row) => differenceCells(row, amounts)),
      ...(rest.length === 0
        ? []
        : [
            sum(
              counted(rest.length, 'other'),
              rest.reduce((total, { selfDeltaMs }) => total + selfDeltaMs.point, 0),
            ),
          ]),
      ...(Math.abs(sampled.residueMs) < 0.05 ? [] : [sum('in no function', sampled.residueMs)]),
      sum('total', sampled.deltaMs),
      ...(!measure.isOrdered || Math.abs(sampled.unsampledDeltaMs) <= 0.05 * Math.abs(sampled.deltaMs)
        ? []
        : [sum('not sampled', sampled.unsampledDeltaMs)]),
    ]),
    ...functions.slice(0, ROWS).flatMap(changeLine),
    ...inlining.map(
      ({ gained, lost, movedMs }) =>
        `  ${adaptiveTime(movedMs)} went from ${escapeTerminal(lost)} to ${escapeTerminal(gained)} at as many calls: inlined otherwise`,
    ),
  ];
}

const FUNCTION_COLUMNS: readonly Column[] = [
  { align: 'left', width: 38 },
  { align: 'right', width: 14 },
  { align: 'right', width: 14 },
  { align: 'right', width: 13 },
];

/** A function that is told again under another name, or in another file. */
function changeLine({ change, formerly, ...row }: FunctionDifference): string[] {
  if (formerly === null) return [];
  return [`  ${change}: ${escapeTerminal(placeOf(formerly))} is now ${escapeTerminal(placeOf(row))}`];
}

function packageLines(packages: readonly PackageDifference[], unit: string): string[] {
  const amounts = amountsIn(unit);
  const amount = (value: number) => (unit === 'time' ? `${value.toFixed(1)} ms` : amounts.plain(value));
  const cell = (value: number, share: number) => `${amount(value)} ${percent(share, 0).padStart(5)}`;
  return tableLines(PACKAGE_COLUMNS, [
    ['  by origin', 'before', 'after', 'difference'],
    ...packages
      .slice(0, PACKAGE_ROWS)
      .map(({ name, beforeMs, afterMs, beforeShare, afterShare, deltaMs }) => [
        `  ${fitted(escapeTerminal(name), 26)}`,
        cell(beforeMs, beforeShare),
        cell(afterMs, afterShare),
        deltaText({ ...deltaMs, point: afterMs - beforeMs }, amounts),
      ]),
  ]);
}

const PACKAGE_COLUMNS: readonly Column[] = [
  { align: 'left', width: 28 },
  { align: 'right', width: 18 },
  { align: 'right', width: 18 },
  { align: 'right', width: 14 },
];

function boundLines(bounds: readonly Bound[], side: string): string[] {
  if (bounds.length === 0) return [];
  return [
    '',
    `What could still be won in ${escapeTerminal(side)} (bounds, not promises):`,
    ...tableLines(
      BOUND_COLUMNS,
      bounds.map((bound) => [
        `  ${fitted(escapeTerminal(conditionOf(bound)), 50)}`,
        `≥ ${adaptiveTime(bound.boundMs)}`,
        `≤ ${percent(bound.gainRatio, 1)}`,
      ]),
    ),
  ];
}

const BOUND_COLUMNS: readonly Column[] = [
  { align: 'left', width: 52 },
  { align: 'right', width: 14 },
  { align: 'right', width: 12 },
];

function conditionOf({ kind, ...place }: Bound): string {
  if (kind === 'perfect parallelism') return 'the same work evenly on all cores';
  return kind === 'no start-up' ? 'workers that start in no time' : `${placeOf(place)} for nothing`;
}

function differenceCells(
  { selfDeltaMs, calls, noise, ...row }: FunctionDifference,
  amounts: Amounts,
): string[] {
  return [
    `  ${fitted(escapeTerminal(placeOf(row)), 36)}`,
    noise ? '~' : amounts.signed(selfDeltaMs.point),
    whole(calls.before),
    whole(calls.after),
  ];
}

interface DeltaShown {
  readonly point: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidenceLevel: number;
}

function deltaText(delta: DeltaShown, { signed }: Amounts): string {
  return delta.confidenceLevel > 0 && isNoise(delta) ? '~' : signed(delta.point);
}
