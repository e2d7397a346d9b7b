import { MS_PER_S } from '../base/units.ts';
import { bootstrapMedian } from '../stats/bootstrap.ts';
import type { Estimate } from '../stats/estimate.ts';
import { medianEstimate } from '../stats/median.ts';
import { pairsToSettle } from '../stats/sequential.ts';
import { hodgesLehmannPaired } from '../stats/signed-rank.ts';
import { pairWarnings } from './bench-diagnostics.ts';
import type { BenchPair, BenchResult, Both } from './bench-report.ts';
import { gainOf, type Verdict, verdictOf } from './verdict.ts';

export interface BenchQuestion {
  /** 1 − the level that this look is tested at. */
  readonly wantedLevel: number;
  readonly toleranceRatio: number;
  readonly seed: number;
  /** What one more pair takes. */
  readonly pairMs: number;
}

/**
 * What pairs of fresh processes say of one side against the other.
 *
 * @param pairs in the order they were measured, at least one
 */
export function benchResult(pairs: readonly BenchPair[], question: BenchQuestion): BenchResult {
  const { wantedLevel, toleranceRatio } = question;
  const logRatios = pairs.map(({ beforeMs, afterMs }) => Math.log(afterMs / beforeMs));
  const logRatio = hodgesLehmannPaired(logRatios, wantedLevel);
  const gainRatio = gainOf(logRatio);
  const more = pairsToSettle(logRatio, { pairs: pairs.length, toleranceRatio });
  const verdict = claimOf(gainRatio, question, more);
  return {
    gainRatio,
    verdict,
    pairs,
    wallMs: both(pairs, ({ beforeMs, afterMs }) => ({ before: beforeMs, after: afterMs })),
    cpuMs: both(pairs, ({ beforeCpuMs, afterCpuMs }) => ({ before: beforeCpuMs, after: afterCpuMs })),
    peakRssBytes: both(pairs, peaks),
    cpuGainRatio: savedOf(
      pairs.map(({ beforeCpuMs, afterCpuMs }) => ({ before: beforeCpuMs, after: afterCpuMs })),
      wantedLevel,
    ),
    peakRssGainRatio: savedOf(pairs.map(peaks), wantedLevel) ?? gainOf(NOTHING_SAVED),
    bootstrapGainRatio: gainOf(bootstrapMedian(logRatios, wantedLevel)),
    pairsToSettle: verdict.kind === 'inconclusive' ? more : null,
    warnings: pairWarnings(pairs),
  };
}

/** No claim at a lower level than was asked for: so few pairs cannot reach it. */
function claimOf(
  gainRatio: Estimate,
  { wantedLevel, toleranceRatio, pairMs }: BenchQuestion,
  more: number | null,
): Verdict {
  const seconds = more === null ? null : Math.ceil((more * pairMs) / MS_PER_S);
  const remedy =
    seconds === null
      ? `nothing: the difference lies at the tolerance of ${100 * toleranceRatio} %, and no number of pairs parts them`
      : `about ${seconds} s more (--budget)`;
  const reached = gainRatio.confidenceLevel >= wantedLevel;
  return reached ? verdictOf(gainRatio, { toleranceRatio, remedy }) : { kind: 'inconclusive', remedy };
}

const NOTHING_SAVED: Estimate = { point: 0, low: 0, high: 0, confidenceLevel: 0 };

function peaks({ beforePeakRssBytes, afterPeakRssBytes }: BenchPair): Both<number> {
  return { before: beforePeakRssBytes, after: afterPeakRssBytes };
}

function both(pairs: readonly BenchPair[], read: (pair: BenchPair) => Both<number>): Both<Estimate> {
  const sides = pairs.map(read);
  return {
    before: medianEstimate(sides.map(({ before }) => before)),
    after: medianEstimate(sides.map(({ after }) => after)),
  };
}

function savedOf(sides: readonly Both<number>[], wantedLevel: number): Estimate | null {
  if (sides.some(({ before, after }) => before <= 0 || after <= 0)) return null;
  return gainOf(
    hodgesLehmannPaired(
      sides.map(({ before, after }) => Math.log(after / before)),
      wantedLevel,
    ),
  );
}
