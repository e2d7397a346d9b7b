/** Rules that interleaved pairs of processes are judged by. */
import { assertNever } from '../../base/assert-never.ts';
import { counted } from '../../base/counted.ts';
import { interruption } from '../../capture/ending.ts';
import type { BenchResult, MetricName } from '../../compare/bench-report.ts';
import { judgeAtLeast, judgeAtMost, type RuleVerdict, slowdownOf } from '../../compare/check-report.ts';
import { CHECK_CONFIDENCE } from '../../compare/check-rules.ts';
import { startGrowth, startMedians, startWarnings } from '../../compare/start-time.ts';
import { confidence, percent } from '../../render/format.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Implementation } from '../../store/implementations.ts';
import { type BenchRequest, bench, type StoredBench } from '../bench.ts';
import { resultsIn } from '../bench-assembly.ts';
import { type Attempt, type Demand, type Finding, onceEach } from './demand.ts';

/** A limit to one of the figures that pairs give. */
export type PairRule =
  | { readonly name: 'maxSlowdown' | 'minGain'; readonly limit: number; readonly metric: MetricName }
  | { readonly name: 'maxMemory' | 'maxImport'; readonly limit: number };

export type PairRequest = Omit<BenchRequest, 'before' | 'after' | 'mode' | 'plan' | 'outputs'>;

export interface Sides {
  readonly before: Implementation;
  readonly after: Implementation;
}

/** The rules of one pair of sides, all read from the same pairs; and the measurement itself, for what explains them. */
export function pairDemands(request: PairRequest, sides: Sides, rules: readonly PairRule[]) {
  const measured = onceEach(async (attempt: Attempt): Promise<StoredBench> => {
    const suspected = attempt === 0 ? rules : await suspects();
    const stored = await bench({
      ...request,
      before: sides.before,
      after: [sides.after],
      mode: 'cold',
      metric: rules.flatMap((rule) => ('metric' in rule ? rule.metric : []))[0],
      plan: {
        confidenceLevel: CHECK_CONFIDENCE,
        spending: 'obrien-fleming',
        fixedPairs: null,
        leastPairs: 1,
        isSettled: ([result]) =>
          result !== undefined && suspected.every((rule) => verdictOf(rule, result) !== 'inconclusive'),
      },
      toleranceRatio: Math.min(...rules.map(({ limit }) => Math.abs(limit))),
      seed: request.seed + attempt,
      outputs: 'compared already',
    });
    // What was measured so far is stored; a gate does not judge by half of it.
    if (stored.report.stoppedBy === 'interrupted') throw interruption();
    return stored;
  });
  const suspects = async (): Promise<readonly PairRule[]> => {
    const result = onlyResult(await measured(0));
    return rules.filter((rule) => verdictOf(rule, result) === 'fail');
  };
  const demands = rules.map(
    (rule): Demand => ({
      ...rule,
      pattern: null,
      subject: `${sides.after.name} against ${sides.before.name}`,
      reservation: null,
      falseAlarmRate: (1 - CHECK_CONFIDENCE) / 2,
      look: async (attempt) => findingOf(rule, await measured(attempt)),
    }),
  );
  /** What a person should know of the pairs, if any were measured. */
  const warnings = async (): Promise<string[]> => {
    if (request.includesImport === true) return [];
    const { pairs } = onlyResult(await measured(0));
    const { before, after } = sides;
    const toleranceRatio = request.toleranceRatio;
    return startWarnings(pairs, {
      ...{ before: before.name, after: after.name },
      ...{ toleranceRatio, isRepeated: false },
    });
  };
  return { demands, measured, warnings };
}

function onlyResult({ report }: StoredBench): BenchResult {
  const [result] = resultsIn(report);
  if (result === undefined) throw new RangeError('nothing was measured');
  return result;
}

/** null where it is too small to be measured. */
function measureOf(rule: PairRule, result: BenchResult): Estimate | null {
  switch (rule.name) {
    case 'minGain':
      return gainOfMetric(rule.metric, result);
    case 'maxSlowdown':
      return growthOf(gainOfMetric(rule.metric, result));
    case 'maxMemory':
      return growthOf(gainOfMetric('memory', result));
    case 'maxImport':
      return startGrowth(result.pairs, result.gainRatio.confidenceLevel);
    default:
      return assertNever(rule);
  }
}

function gainOfMetric(metric: MetricName, result: BenchResult): Estimate | null {
  switch (metric) {
    case 'wall':
      return result.gainRatio;
    case 'cpu':
      return result.cpuGainRatio;
    case 'memory':
      return result.peakRssGainRatio;
    default:
      return assertNever(metric);
  }
}

function growthOf(gain: Estimate | null): Estimate | null {
  return gain === null ? null : slowdownOf(gain);
}

function verdictOf(rule: PairRule, result: BenchResult): RuleVerdict {
  const measured = measureOf(rule, result);
  if (measured === null || measured.confidenceLevel < CHECK_CONFIDENCE) return 'inconclusive';
  return rule.name === 'minGain' ? judgeAtLeast(measured, rule.limit) : judgeAtMost(measured, rule.limit);
}

function findingOf(rule: PairRule, stored: StoredBench): Finding {
  const result = onlyResult(stored);
  return {
    verdict: verdictOf(rule, result),
    measured: measureOf(rule, result),
    figures: figuresOf(rule, result),
    pairs: result.pairs.length,
    why: whyOpen(rule, result),
    file: stored.file,
  };
}

function figuresOf(rule: PairRule, { pairs, ...result }: BenchResult): Finding['figures'] {
  if (rule.name === 'maxImport') {
    const starts = startMedians(pairs);
    return starts === null ? null : { unit: 'ms', ...starts };
  }
  const metric = 'metric' in rule ? rule.metric : 'memory';
  const { before, after } = { wall: result.wallMs, cpu: result.cpuMs, memory: result.peakRssBytes }[metric];
  return { unit: metric === 'memory' ? 'bytes' : 'ms', before: before.point, after: after.point };
}

/** Why nothing is shown, and what would show something; null where the interval says it. */
function whyOpen(rule: PairRule, result: BenchResult): string | null {
  const measured = measureOf(rule, result);
  if (measured === null)
    return rule.name === 'maxImport'
      ? 'import and setup take too little time to be measured'
      : 'too little CPU time to be measured: --metric wall';
  const { length } = result.pairs;
  if (measured.confidenceLevel < CHECK_CONFIDENCE)
    return `${counted(length, 'pair')} ${length === 1 ? 'gives' : 'give'} ${confidence(measured.confidenceLevel)} confidence, too little to claim anything: a larger --budget`;
  return verdictOf(rule, result) === 'inconclusive' ? cpuWords(rule, result) : null;
}

/** On a busy machine CPU time shows a difference with fewer pairs than wall time. */
function cpuWords(rule: PairRule, result: BenchResult): string | null {
  if (!('metric' in rule) || rule.metric !== 'wall') return null;
  const byCpu: PairRule = { ...rule, metric: 'cpu' };
  const measured = measureOf(byCpu, result);
  const verdict = verdictOf(byCpu, result);
  if (measured === null || verdict === 'inconclusive') return null;
  const sign = rule.name === 'minGain' ? 'less' : 'more';
  return (
    `wall time is inconclusive, CPU time is not: ${percent(measured.point)} ${sign} ` +
    `(${percent(measured.low)} to ${percent(measured.high)}), which ${verdict === 'pass' ? 'is within' : 'is beyond'} the limit: --metric cpu`
  );
}
