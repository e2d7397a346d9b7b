import type { Estimate } from '../stats/estimate.ts';
import { logRatioOfMeans } from '../stats/ratio-of-means.ts';
import { valuesOf } from './bench-metrics.ts';
import type { BenchPair, MetricName } from './bench-report.ts';
import { percentWords } from './verdict.ts';

/**
 * How many of its standard errors the ratio of means must lie from the estimate. In the simulation of the tests: no
 * warning in normal noise; 1 in 10 if both sides have rare slow runs of the same kind; and if every tenth run of one
 * side is 60 % slower, 9 in 10 at 60 pairs, nearly all at 100. Two would miss a quarter of these at 60.
 */
const STANDARD_ERRORS = 1.5;

const MEANS: Readonly<Record<MetricName, string>> = {
  wall: 'mean wall times',
  cpu: 'mean CPU times',
  memory: 'means of peak memory',
};

/**
 * A warning if the ratio of means lies outside the interval of the estimate by more than sampling error explains: one
 * side then has runs that are rare and slow, which count fully in its mean but barely affect the estimate.
 *
 * @param gainRatio of the same pairs and metric; null: nothing to compare with
 */
export function meanWarnings(
  pairs: readonly BenchPair[],
  metric: MetricName,
  gainRatio: Estimate | null,
): string[] {
  if (gainRatio === null || gainRatio.confidenceLevel === 0) return [];
  const { point, standardError } = logRatioOfMeans(valuesOf(pairs, metric));
  const meanGain = -Math.expm1(point);
  if (meanGain >= gainRatio.low && meanGain <= gainRatio.high) return [];
  if (Math.abs(point - Math.log1p(-gainRatio.point)) <= STANDARD_ERRORS * standardError) return [];
  const [heavier, lighter] = meanGain < gainRatio.low ? ['after', 'before'] : ['before', 'after'];
  const much = metric === 'memory' ? 'large' : 'slow';
  return [
    `means: the ${MEANS[metric]} give a gain of ${percentWords(meanGain)}, outside the interval: rare ${much} runs weigh ` +
      `more in \`${heavier}\` than in \`${lighter}\`. The estimate describes a typical run; if the total counts, go by the ` +
      'means, and look at the distribution and at what the rare runs do',
  ];
}
