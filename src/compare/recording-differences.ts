import { holmAdjusted } from '../stats/holm.ts';
import { median } from '../stats/median.ts';
import { hodgesLehmannShift, rankSumPValue, type TwoSamples } from '../stats/shift.ts';
import { type Delta, type FunctionDifference, isNoise } from './function-differences.ts';
import { type FunctionPair, pairFunctions } from './function-pairs.ts';
import type { ReportFunction } from './profile-report.ts';
import type { Basis } from './recording-basis.ts';

/** One side's functions, and of each of its recordings the time in which it was busy, ms. */
export interface RecordedSide {
  /** Each with one value a recording, in the order of `busyMs`. */
  readonly functions: readonly ReportFunction[];
  readonly busyMs: readonly number[];
}

export interface DifferenceQuestion {
  readonly before: RecordedSide;
  readonly after: RecordedSide;
  readonly basis: Basis;
  /** Of the whole; see `noise`. */
  readonly toleranceRatio: number;
}

const LEVEL = 0.05;

/**
 * What each function costs more (or less, below 0) on the side that comes after, by the spread among recordings; the
 * largest change first, of time or of shares as the basis says. A function that a recording does not have took 0 there.
 *
 * Of hundreds of intervals at 95 % some miss 0 by chance: a change below the tolerance is taken for noise unless its
 * p-value stands up among all functions', by Holm's rule.
 */
export function recordingDifferences(question: DifferenceQuestion): FunctionDifference[] {
  const { before, after, basis, toleranceRatio } = question;
  const measured = pairFunctions(before.functions, after.functions).map((pair) => measure(pair, question));
  const adjusted = holmAdjusted(measured.map(({ compared }) => rankSumPValue(compared)));
  const wholeMs = median(before.busyMs);
  return measured
    .map(({ difference, delta }, index) => ({
      difference: { ...difference, noise: isNoiseAmongAll(delta, adjusted[index] ?? 1) },
      size: Math.abs(delta.point),
    }))
    .sort((a, b) => b.size - a.size)
    .map(({ difference }) => difference);

  function isNoiseAmongAll(delta: Delta, adjustedP: number): boolean {
    if (delta.low === null) return false;
    const least = toleranceRatio * (basis === 'share' ? 1 : wholeMs);
    return isNoise(delta) || (Math.abs(delta.point) < least && adjustedP > LEVEL);
  }
}

function measure({ before, after, change, ambiguous }: FunctionPair, question: DifferenceQuestion) {
  const shown = after ?? before;
  if (shown === null) throw new RangeError('a pair of no functions');
  const { name, file, line, engine } = shown;
  const runs = (of: 'selfRunsMs' | 'totalRunsMs'): TwoSamples => ({
    before: before?.[of] ?? question.before.busyMs.map(() => 0),
    after: after?.[of] ?? question.after.busyMs.map(() => 0),
  });
  const self = runs('selfRunsMs');
  const shares = engine && name === '(idle)' ? null : sharesOf(self, question);
  const selfDeltaMs = deltaOf(self);
  const selfShare =
    shares === null
      ? null
      : { before: median(shares.before), after: median(shares.after), delta: deltaOf(shares) };
  const difference: Omit<FunctionDifference, 'noise'> = {
    name,
    file,
    line,
    engine,
    ignored: false,
    change,
    ambiguous,
    formerly:
      change === 'renamed' || change === 'moved'
        ? { name: before?.name ?? '', file: before?.file ?? '', line: before?.line ?? 0 }
        : null,
    selfMs: { before: before?.selfMs ?? 0, after: after?.selfMs ?? 0 },
    totalMs: { before: before?.totalMs ?? 0, after: after?.totalMs ?? 0 },
    selfDeltaMs,
    totalDeltaMs: deltaOf(runs('totalRunsMs')),
    selfShare,
    calls: { before: null, after: null },
    selfUsPerCall: { before: null, after: null },
  };
  // Idling has no share of the busy time, and is never what is looked for there.
  if (question.basis === 'time') return { difference, delta: selfDeltaMs, compared: self };
  return { difference, delta: selfShare?.delta ?? NOTHING, compared: shares ?? { before: [], after: [] } };
}

const NOTHING: Delta = { point: 0, low: 0, high: 0, confidenceLevel: 0 };

function sharesOf(self: TwoSamples, { before, after }: DifferenceQuestion): TwoSamples {
  const of = (ms: readonly number[], wholesMs: readonly number[]) =>
    ms.map((part, index) => (wholesMs[index] === 0 ? 0 : part / (wholesMs[index] ?? Number.NaN)));
  return { before: of(self.before, before.busyMs), after: of(self.after, after.busyMs) };
}

function deltaOf(samples: TwoSamples): Delta {
  const { point, low, high, confidenceLevel } = hodgesLehmannShift(samples);
  return confidenceLevel === 0
    ? { point, low: null, high: null, confidenceLevel }
    : { point, low, high, confidenceLevel };
}
