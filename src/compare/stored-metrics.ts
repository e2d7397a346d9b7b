import { type MetricQuestion, metricResult } from './bench-metrics.ts';
import type { BenchResult, MetricName, MetricResult } from './bench-report.ts';
import { verdictOf } from './verdict.ts';

/** A result as it was stored before there were verdicts on each metric. */
type StoredResult = Omit<BenchResult, 'metrics' | 'meanGainRatio'> & {
  readonly metrics?: BenchResult['metrics'] | undefined;
  readonly meanGainRatio?: number | undefined;
};

/**
 * A stored result with its metrics; those of an older one come from its pairs, at the level that its gain has.
 *
 * The level that its last look wanted was not stored. If the stored gain alone would make a claim that the stored
 * verdict does not, then the pairs were too few for that level, and no other metric makes a claim either.
 */
export function withMetrics<Result extends StoredResult>(
  stored: Result,
  { toleranceRatio, pairMs }: Omit<MetricQuestion, 'wantedLevel'>,
): Result & BenchResult {
  const { gainRatio, verdict, pairs, pairsToSettle } = stored;
  const { metrics, meanGainRatio } = stored;
  if (metrics !== undefined && meanGainRatio !== undefined) return { ...stored, metrics, meanGainRatio };
  const shown = verdictOf(gainRatio, { toleranceRatio, remedy: '' });
  const reached = gainRatio.confidenceLevel > 0 && shown.kind === verdict.kind;
  const question = { toleranceRatio, pairMs, wantedLevel: reached ? gainRatio.confidenceLevel : 1 };
  const of = (metric: MetricName): MetricResult => metricResult(pairs, metric, question);
  const wall = of('wall');
  if (wall.meanGainRatio === null) throw new RangeError('a wall time is not above 0');
  return {
    ...stored,
    meanGainRatio: wall.meanGainRatio,
    metrics: { wall: { ...wall, gainRatio, verdict, pairsToSettle }, cpu: of('cpu'), memory: of('memory') },
  };
}
