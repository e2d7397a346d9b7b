/** The time before `run`, import and setup, which a run's own time leaves out. */
import type { Estimate } from '../stats/estimate.ts';
import { median } from '../stats/median.ts';
import { hodgesLehmannPaired } from '../stats/signed-rank.ts';
import type { BenchPair } from './bench-report.ts';

const CONFIDENCE = 0.95;

interface Start {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Import and setup of a pair together; null where one of them is not stored. */
function startsOf(pairs: readonly BenchPair[]): readonly Start[] | null {
  const starts = pairs.flatMap(({ beforeImportMs, afterImportMs, beforeSetupMs, afterSetupMs }) =>
    beforeImportMs === undefined ||
    afterImportMs === undefined ||
    beforeSetupMs === undefined ||
    afterSetupMs === undefined
      ? []
      : { beforeMs: beforeImportMs + beforeSetupMs, afterMs: afterImportMs + afterSetupMs },
  );
  return starts.length === pairs.length ? starts : null;
}

/**
 * Growth of import and setup together: after / before − 1 from the log ratios of the pairs, with the interval that
 * inverts the exact signed-rank test.
 *
 * @param pairs at least one
 * @returns null where they are not stored, or a side's took no time that can be measured
 */
export function startGrowth(pairs: readonly BenchPair[], wantedLevel: number): Estimate | null {
  const starts = startsOf(pairs);
  if (starts === null || starts.some(({ beforeMs, afterMs }) => beforeMs <= 0 || afterMs <= 0)) return null;
  return growthOf(starts, wantedLevel);
}

/** Medians of import and setup together, ms; null where they are not stored. */
export function startMedians(
  pairs: readonly BenchPair[],
): { readonly before: number; readonly after: number } | null {
  const starts = startsOf(pairs);
  if (starts === null) return null;
  return {
    before: median(starts.map(({ beforeMs }) => beforeMs)),
    after: median(starts.map(({ afterMs }) => afterMs)),
  };
}

function growthOf(starts: readonly Start[], wantedLevel: number): Estimate {
  const log = hodgesLehmannPaired(
    starts.map(({ beforeMs, afterMs }) => Math.log(afterMs / beforeMs)),
    wantedLevel,
  );
  return {
    point: Math.expm1(log.point),
    low: Math.expm1(log.low),
    high: Math.expm1(log.high),
    confidenceLevel: log.confidenceLevel,
  };
}

export interface StartQuestion {
  readonly before: string;
  readonly after: string;
  /** Of the comparison's, a ratio. */
  readonly toleranceRatio: number;
  /** Whether the run is repeated in its process, so that a start is paid once for many runs. */
  readonly isRepeated: boolean;
}

/** Of next to nothing, any growth is large: beyond tenfold, the two times say more. */
const MOST_TOLD_GROWTH = 9;

/** Paid once for many runs, less than this is of no interest. */
const LEAST_ONCE_MS = 1;
/** Whatever the tolerance, less than this, or than this share of the run, is of no interest. */
const LEAST_MS = 0.1;
const LEAST_SHARE = 0.01;

/**
 * Says that import or setup takes longer or shorter on one side, where that is shown and matters: the 95 % interval of
 * the difference lies beyond the tolerance of the run's own time, at least 1 % of it, and that of the ratio beyond the
 * tolerance itself.
 *
 * @param pairs in any order, at least one
 */
export function startWarnings(pairs: readonly BenchPair[], question: StartQuestion): string[] {
  if (startsOf(pairs) === null) return [];
  const runMs = median(pairs.flatMap(({ beforeMs, afterMs }) => [beforeMs, afterMs]));
  const imports = pairs.map((pair) => ({
    beforeMs: pair.beforeImportMs ?? 0,
    afterMs: pair.afterImportMs ?? 0,
  }));
  const setups = pairs.map((pair) => ({
    beforeMs: pair.beforeSetupMs ?? 0,
    afterMs: pair.afterSetupMs ?? 0,
  }));
  return [
    ...differenceWarning(imports, { ...question, what: 'the import', runMs }),
    ...differenceWarning(setups, { ...question, what: 'setup', runMs }),
  ];
}

function differenceWarning(
  starts: readonly Start[],
  { before, after, toleranceRatio, isRepeated, what, runMs }: StartQuestion & { what: string; runMs: number },
): string[] {
  const difference = hodgesLehmannPaired(
    starts.map(({ beforeMs, afterMs }) => afterMs - beforeMs),
    CONFIDENCE,
  );
  const leastMs = Math.max(
    Math.max(toleranceRatio, LEAST_SHARE) * runMs,
    isRepeated ? LEAST_ONCE_MS : LEAST_MS,
  );
  if (difference.confidenceLevel < CONFIDENCE || !isBeyond(difference, leastMs)) return [];
  const isMeasurable = starts.every(({ beforeMs, afterMs }) => beforeMs > 0 && afterMs > 0);
  const growth = isMeasurable ? growthOf(starts, CONFIDENCE) : null;
  if (growth !== null && !isBeyond(growth, toleranceRatio)) return [];
  const { point, low, high } = difference;
  const [least, most] = point > 0 ? [low, high] : [-high, -low];
  const [beforeMs, afterMs] = [
    median(starts.map((start) => start.beforeMs)),
    median(starts.map((start) => start.afterMs)),
  ];
  const relative =
    growth === null || growth.point > MOST_TOLD_GROWTH ? '' : `, ${signedPercent(growth.point)}`;
  return [
    `${what} takes ${ms(Math.abs(point))} ms ${point > 0 ? 'longer' : 'less'} in ${after} than in ${before} ` +
      `(${ms(least)} to ${ms(most)} ms, 95 % confidence; ${ms(beforeMs)} → ${ms(afterMs)} ms${relative}). ` +
      `That is ${percent(Math.abs(point) / runMs)} of a first run's ${ms(runMs)} ms, and not part of it` +
      (isRepeated ? '' : ': --include-import counts it'),
  ];
}

function isBeyond({ low, high }: Estimate, limit: number): boolean {
  return low > limit || high < -limit;
}

/** Three digits; a fourth would be noise. */
function ms(durationMs: number): string {
  return String(Number(durationMs.toPrecision(3)));
}

function percent(ratio: number): string {
  return `${ratio < 0.1 ? (100 * ratio).toFixed(1) : (100 * ratio).toFixed(0)} %`;
}

function signedPercent(ratio: number): string {
  return `${ratio > 0 ? '+' : '-'}${percent(Math.abs(ratio))}`;
}
