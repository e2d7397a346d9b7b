import { assertNever } from '../base/assert-never.ts';
import type { MetricName, MetricResult } from '../compare/bench-report.ts';
import { describeVerdict, percentWords, type Verdict } from '../compare/verdict.ts';
import type { Estimate } from '../stats/estimate.ts';
import { adaptiveTime, confidence, mebibytes, percent } from './format.ts';

interface Words {
  readonly name: string;
  /** Of the first line. */
  readonly gain: string;
  /** What `after` uses less or more of; null: it is faster or slower. */
  readonly used: string | null;
}

export const METRIC_WORDS: Readonly<Record<MetricName, Words>> = {
  wall: { name: 'wall time', gain: 'Efficiency gain', used: null },
  cpu: { name: 'CPU time', gain: 'CPU time gain', used: 'CPU time' },
  memory: { name: 'peak memory', gain: 'Peak memory gain', used: 'memory' },
};

/** In words, of the implementation that comes after: `new is faster`, `new uses less memory`. */
export function claimWords(metric: MetricName, verdict: Verdict, after: string): string {
  const { used } = METRIC_WORDS[metric];
  if (used === null) return describeVerdict(verdict, after);
  switch (verdict.kind) {
    case 'faster':
      return `${after} uses less ${used}`;
    case 'slower':
      return `${after} uses more ${used}`;
    case 'unchanged':
      return `${after} uses as much ${used}, within ${percentWords(verdict.toleranceRatio)}`;
    case 'inconclusive':
      return describeVerdict(verdict, after);
    default:
      return assertNever(verdict);
  }
}

/** A verdict in a row of the table. */
export function verdictWord(metric: MetricName, { kind }: Verdict): string {
  if (METRIC_WORDS[metric].used === null) return kind;
  return kind === 'faster' ? 'less' : kind === 'slower' ? 'more' : kind;
}

/** A metric that another one's verdict leaves open: `CPU time: 12.3 % less (10.9–13.7 %, 95 % confidence)`. */
export function shownInstead(
  metric: MetricName,
  verdict: Verdict,
  { gain, claimedLevel }: { readonly gain: Estimate; readonly claimedLevel: number },
): string {
  const { name } = METRIC_WORDS[metric];
  const level = `${confidence(Math.min(claimedLevel, gain.confidenceLevel))} confidence`;
  if (verdict.kind === 'unchanged') {
    const span = `${percent(gain.low, 1)} to ${percent(gain.high, 1)}`;
    return `${name}: unchanged within ${percentWords(verdict.toleranceRatio)} (${span}, ${level})`;
  }
  const isLess = gain.point > 0;
  const [low, high] = isLess ? [gain.low, gain.high] : [-gain.high, -gain.low];
  const span = `${percent(low, 1).replace(' %', '')}–${percent(high, 1)}`;
  return `${name}: ${percent(Math.abs(gain.point), 1)} ${isLess ? 'less' : 'more'} (${span}, ${level})`;
}

/** A value in the metric's unit. */
export function metricValue(unit: MetricResult['unit'], value: number): string {
  return unit === 'ms' ? adaptiveTime(value) : mebibytes(value);
}
