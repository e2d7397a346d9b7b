import type { Bound } from '../compare/bounds.ts';
import type { Comparison } from '../compare/comparison.ts';
import { type FunctionDifference, isNoise } from '../compare/function-differences.ts';
import type { PackageDifference } from '../compare/packages.ts';
import type { Split } from '../compare/split.ts';
import { describeVerdict } from '../compare/verdict.ts';
import type { Estimate } from '../stats/estimate.ts';
import { escapeTerminal } from './escape.ts';
import {
  adaptiveTime,
  fitted,
  interval,
  mebibytes,
  percent,
  placeOf,
  seconds,
  signedMilliseconds,
  timeSpan,
  whole,
} from './format.ts';
import { mismatchLines, mismatchText } from './mismatch-text.ts';
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
  const { before, after, timelines, bounds, packages } = comparison;
  return [
    ...summaryLines(comparison),
    ...packageLines(packages),
    '',
    ...timelineLines(escapeTerminal(before.implementation), timelines.before),
    ...timelineLines(escapeTerminal(after.implementation), timelines.after),
    `  ${PICTURE_KEY}`,
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
  const mismatch = mismatchText(comparison);
  return [
    ...(mismatch === null
      ? [
          `Efficiency gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}): ` +
            describeVerdict(verdict, escapeTerminal(after.implementation)),
        ]
      : mismatchLines(mismatch)),
    '',
    row('', escapeTerminal(before.implementation), escapeTerminal(after.implementation)),
    row('time (median)', seconds(before.wallMs.point), seconds(after.wallMs.point)),
    row('CPU, all threads', known(before.cpuMs, seconds), known(after.cpuMs, seconds)),
    ...(split === null
      ? []
      : [row('parallelism', split.parallelism.before.toFixed(2), split.parallelism.after.toFixed(2))]),
    row('threads', String(before.threads), String(after.threads)),
    row('function calls', whole(before.totalCalls), whole(after.totalCalls)),
    row('peak memory', known(before.peakRssBytes, mebibytes), known(after.peakRssBytes, mebibytes)),
    '',
    ...(mismatch === null ? [...splitLines(split), ''] : []),
    ...functionLines(comparison),
    '',
  ];
}

function known(estimate: Estimate | null, format: (value: number) => string): string {
  return estimate === null ? '-' : format(estimate.point);
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

function functionLines({ functions, sampled, inlining }: Comparison): string[] {
  const rest = functions.slice(ROWS);
  const total = (what: string, ms: number) => `  ${what.padEnd(36)}${signedMilliseconds(ms).padStart(14)}`;
  return [
    `  ${'self time, sampled, all threads'.padEnd(36)}${'difference'.padStart(14)}${'calls before'.padStart(14)}${'after'.padStart(13)}`,
    ...functions.slice(0, ROWS).map(differenceLine),
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
    ...(Math.abs(sampled.unsampledDeltaMs) <= 0.05 * Math.abs(sampled.deltaMs)
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

function packageLines(packages: readonly PackageDifference[]): string[] {
  const cell = (ms: number, share: number) =>
    `${ms.toFixed(1).padStart(9)} ms${percent(share, 0).padStart(6)}`;
  return [
    `  ${'by origin'.padEnd(26)}${'before'.padStart(18)}${'after'.padStart(18)}${'difference'.padStart(14)}`,
    ...packages
      .slice(0, PACKAGE_ROWS)
      .map(
        ({ name, beforeMs, afterMs, beforeShare, afterShare, deltaMs }) =>
          `  ${fitted(escapeTerminal(name), 26)}${cell(beforeMs, beforeShare)}${cell(afterMs, afterShare)}` +
          `${deltaText({ ...deltaMs, point: afterMs - beforeMs }).padStart(14)}`,
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

function differenceLine({ selfDeltaMs, calls, noise, ...row }: FunctionDifference): string {
  return (
    `  ${fitted(escapeTerminal(placeOf(row)), 36)}${(noise ? '~' : signedMilliseconds(selfDeltaMs.point)).padStart(14)}` +
    `${whole(calls.before).padStart(14)}${whole(calls.after).padStart(13)}`
  );
}

interface DeltaShown {
  readonly point: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidenceLevel: number;
}

function deltaText(delta: DeltaShown): string {
  return delta.confidenceLevel > 0 && isNoise(delta) ? '~' : signedMilliseconds(delta.point);
}
