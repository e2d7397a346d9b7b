import { MS_PER_S } from '../base/units.ts';
import type { Estimate } from '../stats/estimate.ts';
import { medianEstimate } from '../stats/median.ts';
import { logRatioOfMeans } from '../stats/ratio-of-means.ts';
import { pairsToSettle } from '../stats/sequential.ts';
import { hodgesLehmannPaired } from '../stats/signed-rank.ts';
import type { BenchPair, Both, MetricName, MetricResult } from './bench-report.ts';
import { gainOf, percentWords, type Verdict, verdictOf } from './verdict.ts';

interface Metric {
  readonly unit: MetricResult['unit'];
  readonly valuesOf: (pair: BenchPair) => Both<number>;
}

const METRICS: Readonly<Record<MetricName, Metric>> = {
  wall: {
    unit: 'ms',
    valuesOf: ({ beforeMs, afterMs }) => ({ before: beforeMs, after: afterMs }),
  },
  cpu: {
    unit: 'ms',
    valuesOf: ({ beforeCpuMs, afterCpuMs }) => ({ before: beforeCpuMs, after: afterCpuMs }),
  },
  memory: {
    unit: 'bytes',
    valuesOf: ({ beforePeakRssBytes, afterPeakRssBytes }) => ({
      before: beforePeakRssBytes,
      after: afterPeakRssBytes,
    }),
  },
};

export interface MetricQuestion {
  /** 1 − the level that this look is tested at. */
  readonly wantedLevel: number;
  readonly toleranceRatio: number;
  /** What one more pair takes. */
  readonly pairMs: number;
}

/** What each pair measured, in the metric's unit. */
export function valuesOf(pairs: readonly BenchPair[], metric: MetricName): Both<number>[] {
  return pairs.map(METRICS[metric].valuesOf);
}

/** ln(after / before) of each pair; null if a value is 0, too small to be measured. */
export function logRatiosOf(pairs: readonly BenchPair[], metric: MetricName): number[] | null {
  const values = valuesOf(pairs, metric);
  if (values.some(({ before, after }) => before <= 0 || after <= 0)) return null;
  return values.map(({ before, after }) => Math.log(after / before));
}

/**
 * One metric of one side against the other: the exact interval of its gain, and what it shows at this look.
 *
 * @param pairs at least one
 */
export function metricResult(
  pairs: readonly BenchPair[],
  metric: MetricName,
  question: MetricQuestion,
): MetricResult {
  const values = valuesOf(pairs, metric);
  const medians = {
    unit: METRICS[metric].unit,
    better: 'lower',
    before: medianEstimate(values.map(({ before }) => before)),
    after: medianEstimate(values.map(({ after }) => after)),
  } as const;
  const logRatios = logRatiosOf(pairs, metric);
  if (logRatios === null) {
    const verdict = {
      kind: 'inconclusive',
      remedy: 'use a larger input: a value of 0 is too small to be measured',
    } as const;
    return { ...medians, gainRatio: null, meanGainRatio: null, verdict, pairsToSettle: null };
  }
  const logRatio = hodgesLehmannPaired(logRatios, question.wantedLevel);
  const gainRatio = gainOf(logRatio);
  const more = pairsToSettle(logRatio, { pairs: pairs.length, toleranceRatio: question.toleranceRatio });
  const verdict = claimOf(gainRatio, question, { pairs: pairs.length, more });
  return {
    ...medians,
    gainRatio,
    meanGainRatio: -Math.expm1(logRatioOfMeans(values).point),
    verdict,
    pairsToSettle: verdict.kind === 'inconclusive' ? more : null,
  };
}

/** No claim at a lower level than was asked for: so few pairs cannot reach it. */
function claimOf(
  gainRatio: Estimate,
  question: MetricQuestion,
  counts: { readonly pairs: number; readonly more: number | null },
): Verdict {
  const remedy = remedyOf(question, counts);
  return gainRatio.confidenceLevel >= question.wantedLevel
    ? verdictOf(gainRatio, { toleranceRatio: question.toleranceRatio, remedy })
    : { kind: 'inconclusive', remedy };
}

function remedyOf(
  { toleranceRatio, pairMs }: MetricQuestion,
  { pairs, more }: { readonly pairs: number; readonly more: number | null },
): string {
  if (more === null)
    return (
      `choose another --tolerance: the difference is too close to that of ${percentWords(toleranceRatio)}, ` +
      'and no budget can separate them'
    );
  const secondsFor = (count: number) => Math.ceil((count * pairMs) / MS_PER_S);
  return `run about ${secondsFor(more)} s longer (--budget ${secondsFor(pairs + more)}s)`;
}
