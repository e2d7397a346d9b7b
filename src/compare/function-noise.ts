import { holmAdjusted } from '../stats/holm.ts';
import { meanOf, squaresOf } from '../stats/mean.ts';
import { type CommonVariance, commonVariance, moderatedVariance } from '../stats/moderated.ts';
import { studentSurvival, studentUpperQuantile } from '../stats/student.ts';

/** What one function took in each sampling run of each side, ms. */
export interface FunctionRuns {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface NoiseQuestion {
  /** Between two samples: of a few samples, so many are there by chance. */
  readonly intervalMs: number;
  /** Of the smaller time: a difference that sessions may have by themselves. 0 where both sides were sampled in turns. */
  readonly marginRatio: number;
}

/** A difference of means, after − before, and how sure it is. */
export interface Difference {
  readonly point: number;
  /** null, as `high`, where one run a side shows no spread. */
  readonly low: number | null;
  readonly high: number | null;
  readonly confidenceLevel: number;
  /** That it is no more than the margin: for all functions of the family at once; 1 for one outside it. */
  readonly adjustedPValue: number;
}

const LEVEL = 0.95;
/** The family: functions that take as much of a side. Smaller ones have too few samples for their noise to be known. */
const FAMILY_SHARE = 0.01;

/**
 * Differences of many functions, each from few runs.
 *
 * With four runs a side and 30 functions no exact rank-sum test can show anything: its least p is 2/70. So the functions' variances are moderated (Smyth 2004): in the
 * measure of what is expected, V(m) = τ²·m² + h·m with h the sampling interval (a sample more or less) and τ the relative
 * noise of the middle function, they are drawn towards what they have in common. Then Welch's t, against the margin
 * (McCarthy & Smyth 2009, Bioinformatics 25, 765–771), and Holm's rule over the family. Interval and point are of the same
 * difference of means; the interval is of one function alone.
 */
export function noisyDifferences(rows: readonly FunctionRuns[], question: NoiseQuestion): Difference[] {
  const sums = sideTotals(rows);
  const measured = rows.map((row) => measure(row, sums));
  const scale = scaleOf(measured, question.intervalMs);
  const scaled = measured.map((one) => scaledBy(one, scale));
  const known = scaled.filter(({ inFamily }) => inFamily).flatMap(({ sides }) => sides.filter(isKnown));
  if (known.length === 0) return measured.map(({ point }) => ({ ...UNKNOWN, point }));
  const common = knownInCommon(known);
  const judged = scaled.map((one) => judge(one, common, question.marginRatio));
  const adjusted = holmAdjusted(judged.filter(({ inFamily }) => inFamily).map(({ pValue }) => pValue));
  let member = 0;
  return judged.map(({ point, low, high, inFamily }) => ({
    ...{ point, low, high, confidenceLevel: LEVEL },
    adjustedPValue: inFamily ? (adjusted[member++] ?? 1) : 1,
  }));
}

const UNKNOWN = { low: null, high: null, confidenceLevel: 0, adjustedPValue: 1 } as const;

interface MeasuredSide {
  readonly runs: number;
  readonly mean: number;
  /** Of the deviations from the mean. */
  readonly squares: number;
}

interface Measured {
  readonly sides: readonly [MeasuredSide, MeasuredSide];
  readonly point: number;
  readonly inFamily: boolean;
}

/** All functions' time in an average run of each side. */
function sideTotals(rows: readonly FunctionRuns[]): { readonly before: number; readonly after: number } {
  const total = (side: 'before' | 'after') => rows.reduce((sum, row) => sum + sideOf(row[side]).mean, 0);
  return { before: total('before'), after: total('after') };
}

function measure({ before, after }: FunctionRuns, totals: ReturnType<typeof sideTotals>): Measured {
  const [old, now] = [sideOf(before), sideOf(after)];
  const isLarge = (mean: number, total: number) => mean > 0 && mean >= FAMILY_SHARE * total;
  return {
    sides: [old, now],
    point: now.mean - old.mean,
    inFamily: isLarge(old.mean, totals.before) || isLarge(now.mean, totals.after),
  };
}

function sideOf(values: readonly number[]): MeasuredSide {
  if (values.length === 0) return { runs: 0, mean: 0, squares: 0 };
  return { runs: values.length, mean: meanOf(values), squares: squaresOf(values) };
}

/** What variance a side's time is expected to have. */
type Scale = (side: MeasuredSide) => number;

function scaleOf(measured: readonly Measured[], intervalMs: number): Scale {
  const relative = measured
    .filter(({ inFamily }) => inFamily)
    .flatMap(({ sides }) => sides)
    .filter(({ runs, mean }) => runs > 1 && mean > 0)
    .map(({ runs, mean, squares }) => (squares / (runs - 1) - intervalMs * mean) / mean ** 2)
    .toSorted((a, b) => a - b);
  // Never nothing: sampled times may agree to the last digit by chance.
  const noise = Math.max(LEAST_NOISE ** 2, relative[Math.floor((relative.length - 1) / 2)] ?? 0);
  return ({ runs, mean }) => {
    // A function that was never seen may still have been there for less than a sample in all runs.
    const least = Math.max(mean, intervalMs / Math.max(1, runs), Number.MIN_VALUE);
    return noise * least ** 2 + intervalMs * least;
  };
}

const LEAST_NOISE = 0.001;

interface ScaledSide {
  readonly runs: number;
  readonly mean: number;
  readonly expected: number;
  /** In the measure of what is expected. */
  readonly variance: number;
  readonly degrees: number;
}

interface Scaled {
  readonly sides: readonly [ScaledSide, ScaledSide];
  readonly point: number;
  readonly inFamily: boolean;
}

function scaledBy({ sides: [before, after], ...one }: Measured, scale: Scale): Scaled {
  const scaled = (side: MeasuredSide): ScaledSide => {
    const { runs, mean, squares } = side;
    const expected = scale(side);
    // A side that does not have the function shows nothing of its noise.
    const degrees = mean > 0 ? Math.max(0, runs - 1) : 0;
    return { runs, mean, expected, degrees, variance: degrees > 0 ? squares / expected / degrees : 0 };
  };
  return { ...one, sides: [scaled(before), scaled(after)] };
}

function isKnown({ degrees }: ScaledSide): boolean {
  return degrees > 0;
}

/**
 * Part of the noise is a run's and not a function's, so that many functions know less than their number suggests: what
 * they have in common counts as four times what one of them knows, at most.
 */
const MOST_IN_COMMON = 4;

function knownInCommon(known: readonly ScaledSide[]): CommonVariance {
  const degrees = known.map((one) => one.degrees);
  const common = commonVariance({ variances: known.map(({ variance }) => variance), degrees });
  return { ...common, degrees: Math.min(common.degrees, MOST_IN_COMMON * Math.max(...degrees)) };
}

/** Welch's test (1947): each side has its own noise. */
function judge({ point, inFamily, sides }: Scaled, common: CommonVariance, marginRatio: number) {
  const errors = sides.map((side) => ({
    squared: (moderatedVariance(side, common) * side.expected) / Math.max(1, side.runs),
    degrees: side.degrees + common.degrees,
  }));
  const squared = errors.reduce((sum, error) => sum + error.squared, 0);
  const standardError = Math.sqrt(squared);
  const freedom = squared ** 2 / errors.reduce((sum, error) => sum + error.squared ** 2 / error.degrees, 0);
  const reach = studentUpperQuantile((1 - LEVEL) / 2, freedom) * standardError;
  const margin = marginRatio * Math.min(sides[0].mean, sides[1].mean);
  const beyond = studentSurvival((Math.abs(point) - margin) / standardError, freedom);
  const otherSide = studentSurvival((Math.abs(point) + margin) / standardError, freedom);
  return {
    point,
    inFamily,
    low: point - reach,
    high: point + reach,
    pValue: Math.min(1, beyond + otherSide),
  };
}
