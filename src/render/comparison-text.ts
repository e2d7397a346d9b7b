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
import { recordingsClosing, recordingsLines } from './recordings-text.ts';
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
  const { before, after, gainRatio, verdict, split, recordings } = comparison;
  if (recordings !== null) return recordingsLines(comparison, recordings);
  const row = (what: string, old: string, now: string) =>
    `  ${what.padEnd(20)}${old.padStart(20)}${now.padStart(20)}`;
  return [
    ...(gainRatio === null
      ? [totalsText(comparison), NO_GAIN]
      : [
          `Efficiency gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}): ` +
            describeVerdict(verdict, escapeTerminal(after.implementation)),
        ]),
    '',
    row('', escapeTerminal(before.implementation), escapeTerminal(after.implementation)),
    row(
      'time (median)',
      known(before.wallMs, seconds, NOT_AVAILABLE),
      known(after.wallMs, seconds, NOT_AVAILABLE),
    ),
    row('CPU, all threads', known(before.cpuMs, seconds), known(after.cpuMs, seconds)),
    ...(split === null
      ? []
      : [row('parallelism', split.parallelism.before.toFixed(2), split.parallelism.after.toFixed(2))]),
    row('threads', threadsText(before), threadsText(after)),
    row('function calls', whole(before.totalCalls), whole(after.totalCalls)),
    row('peak memory', known(before.peakRssBytes, mebibytes), known(after.peakRssBytes, mebibytes)),
    '',
    ...(gainRatio === null ? [] : [...splitLines(split), '']),
    ...functionLines(comparison),
    '',
  ];
}

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
  if (split === null) return ['Less work or more cores: not known without CPU times that can be measured'];
  const { savedMs, lessWork, moreCores } = split;
  const factor = (log: number) => `×${Math.exp(log).toFixed(2)}`;
  const line = (what: string, { log, savedMs: saved }: Split['lessWork']) =>
    `  ${what.padEnd(22)}${factor(log.point).padStart(8)}${adaptiveTime(saved.point).padStart(14)}${saved.confidenceLevel === 0 ? '' : `  (${timeSpan(saved.low, saved.high)}, ${percent(saved.confidenceLevel, 1)})`}`;
  return [
    `Why: ${adaptiveTime(savedMs)} saved, ${factor(lessWork.log.point + moreCores.log.point)} in all`,
    line('less work (CPU time)', lessWork),
    line('more cores', moreCores),
  ];
}

function functionLines({ functions, sampled, inlining, measure }: Comparison): string[] {
  const amounts = amountsIn(measure.unit);
  const rest = functions.slice(ROWS);
  const total = (what: string, ms: number) => `  ${what.padEnd(36)}${amounts.signed(ms).padStart(14)}`;
  return [
    `  ${`${amounts.self}, sampled, all threads`.padEnd(36)}${'difference'.padStart(14)}${'calls before'.padStart(14)}${'after'.padStart(13)}`,
    ...functions.slice(0, ROWS).map((one) => differenceLine(one, amounts)),
    ...(rest.length === 0
      ? []
      : [
          total(
            `${rest.length} others`,
            rest.reduce((sum, { selfDeltaMs }) => sum + selfDeltaMs.point, 0),
          ),
        ]),
    ...(Math.abs(sampled.residueMs) < 0.05 ? [] : [total('in no function', sampled.residueMs)]),
    total('in all', sampled.deltaMs),
    ...(!measure.isOrdered || Math.abs(sampled.unsampledDeltaMs) <= 0.05 * Math.abs(sampled.deltaMs)
      ? []
      : [total('not sampled', sampled.unsampledDeltaMs)]),
    ...functions.slice(0, ROWS).flatMap(changeLine),
    ...inlining.map(
      ({ gained, lost, movedMs }) =>
        `  ${adaptiveTime(movedMs)} went from ${escapeTerminal(lost)} to ${escapeTerminal(gained)} at as many calls: inlined otherwise`,
    ),
  ];
}

/** A function that is told again under another name, or in another file. */
function changeLine({ change, formerly, ...row }: FunctionDifference): string[] {
  if (formerly === null) return [];
  return [`  ${change}: ${escapeTerminal(placeOf(formerly))} is now ${escapeTerminal(placeOf(row))}`];
}

function packageLines(packages: readonly PackageDifference[], unit: string): string[] {
  const amounts = amountsIn(unit);
  const amount = (value: number) => (unit === 'time' ? `${value.toFixed(1)} ms` : amounts.plain(value));
  const width = unit === 'time' ? 12 : 13;
  const cell = (ms: number, share: number) => `${amount(ms).padStart(width)}${percent(share, 0).padStart(6)}`;
  return [
    `  ${'by origin'.padEnd(26)}${'before'.padStart(width + 6)}${'after'.padStart(width + 6)}${'difference'.padStart(14)}`,
    ...packages
      .slice(0, PACKAGE_ROWS)
      .map(
        ({ name, beforeMs, afterMs, beforeShare, afterShare, deltaMs }) =>
          `  ${fitted(escapeTerminal(name), 26)}${cell(beforeMs, beforeShare)}${cell(afterMs, afterShare)}` +
          `${deltaText({ ...deltaMs, point: afterMs - beforeMs }, amounts).padStart(14)}`,
      ),
  ];
}

function boundLines(bounds: readonly Bound[], side: string): string[] {
  if (bounds.length === 0) return [];
  return [
    '',
    `What could still be won in ${escapeTerminal(side)} (bounds, not promises):`,
    ...bounds.map((bound) => {
      const { boundMs, gainRatio } = bound;
      return `  ${fitted(escapeTerminal(conditionOf(bound)), 50)}${`≥ ${adaptiveTime(boundMs)}`.padStart(14)}${`≤ ${percent(gainRatio, 1)}`.padStart(12)}`;
    }),
  ];
}

function conditionOf({ kind, ...place }: Bound): string {
  if (kind === 'perfect parallelism') return 'the same work evenly on all cores';
  return kind === 'no start-up' ? 'workers that start in no time' : `${placeOf(place)} for nothing`;
}

function differenceLine({ selfDeltaMs, calls, noise, ...row }: FunctionDifference, amounts: Amounts): string {
  return (
    `  ${fitted(escapeTerminal(placeOf(row)), 36)}${(noise ? '~' : amounts.signed(selfDeltaMs.point)).padStart(14)}` +
    `${whole(calls.before).padStart(14)}${whole(calls.after).padStart(13)}`
  );
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
