import { bootstrapMedian } from '../stats/bootstrap.ts';
import type { Estimate } from '../stats/estimate.ts';
import { pairWarnings } from './bench-diagnostics.ts';
import { logRatiosOf, type MetricQuestion, metricResult } from './bench-metrics.ts';
import type { BenchPair, BenchResult, Both, MetricName, MetricResult } from './bench-report.ts';
import { meanWarnings } from './mean-gain.ts';
import { gainOf } from './verdict.ts';

export interface BenchQuestion extends MetricQuestion {
  readonly seed: number;
  /** Which one decides; `wall` by default. */
  readonly metric?: MetricName | undefined;
}

/**
 * What pairs of fresh processes say of one side against the other.
 *
 * @param pairs in the order they were measured, at least one
 */
export function benchResult(pairs: readonly BenchPair[], question: BenchQuestion): BenchResult {
  const { wantedLevel, metric = 'wall' } = question;
  const metrics = {
    wall: metricResult(pairs, 'wall', question),
    cpu: metricResult(pairs, 'cpu', question),
    memory: metricResult(pairs, 'memory', question),
  };
  const { wall, cpu, memory } = metrics;
  const deciding = metrics[metric];
  const logRatios = logRatiosOf(pairs, 'wall');
  if (logRatios === null || wall.gainRatio === null || wall.meanGainRatio === null)
    throw new RangeError('a wall time is not above 0');
  return {
    gainRatio: wall.gainRatio,
    verdict: deciding.verdict,
    pairs,
    wallMs: sidesOf(wall),
    cpuMs: sidesOf(cpu),
    peakRssBytes: sidesOf(memory),
    cpuGainRatio: cpu.gainRatio,
    peakRssGainRatio: memory.gainRatio ?? NO_GAIN_KNOWN,
    meanGainRatio: wall.meanGainRatio,
    metrics,
    bootstrapGainRatio: gainOf(bootstrapMedian(logRatios, wantedLevel)),
    pairsToSettle: deciding.pairsToSettle,
    warnings: [...pairWarnings(pairs), ...meanWarnings(pairs, metric, deciding.gainRatio)],
  };
}

const NO_GAIN_KNOWN: Estimate = { point: 0, low: 0, high: 0, confidenceLevel: 0 };

function sidesOf({ before, after }: MetricResult): Both<Estimate> {
  return { before, after };
}
