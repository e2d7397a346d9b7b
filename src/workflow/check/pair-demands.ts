/** Rules that interleaved pairs of processes are judged by. */
import { counted } from '../../base/counted.ts';
import { interruption } from '../../capture/ending.ts';
import type { BenchResult } from '../../compare/bench-report.ts';
import { judgeAtLeast, judgeAtMost, type RuleVerdict, slowdownOf } from '../../compare/check-report.ts';
import { CHECK_CONFIDENCE } from '../../compare/check-rules.ts';
import { confidence } from '../../render/format.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { Implementation } from '../../store/implementations.ts';
import { type BenchRequest, bench, type StoredBench } from '../bench.ts';
import { resultsIn } from '../bench-assembly.ts';
import { type Attempt, type Demand, type Finding, onceEach } from './demand.ts';

/** A limit to one of the figures that pairs give. */
export interface PairRule {
  readonly name: 'maxSlowdown' | 'minGain' | 'maxMemory';
  readonly limit: number;
}

export type PairRequest = Omit<
  BenchRequest,
  'before' | 'after' | 'mode' | 'plan' | 'outputs' | 'toleranceRatio'
>;

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
  return { demands, measured };
}

function onlyResult({ report }: StoredBench): BenchResult {
  const [result] = resultsIn(report);
  if (result === undefined) throw new RangeError('nothing was measured');
  return result;
}

function measureOf({ name }: PairRule, { gainRatio, peakRssGainRatio }: BenchResult): Estimate {
  if (name === 'minGain') return gainRatio;
  return slowdownOf(name === 'maxSlowdown' ? gainRatio : peakRssGainRatio);
}

function verdictOf(rule: PairRule, result: BenchResult): RuleVerdict {
  const measured = measureOf(rule, result);
  if (measured.confidenceLevel < CHECK_CONFIDENCE) return 'inconclusive';
  return rule.name === 'minGain' ? judgeAtLeast(measured, rule.limit) : judgeAtMost(measured, rule.limit);
}

function findingOf(rule: PairRule, stored: StoredBench): Finding {
  const result = onlyResult(stored);
  const measured = measureOf(rule, result);
  const [unit, { before, after }] =
    rule.name === 'maxMemory' ? (['bytes', result.peakRssBytes] as const) : (['ms', result.wallMs] as const);
  const tooFew = measured.confidenceLevel < CHECK_CONFIDENCE;
  return {
    verdict: verdictOf(rule, result),
    measured,
    figures: { unit, before: before.point, after: after.point },
    pairs: result.pairs.length,
    why: tooFew
      ? `${counted(result.pairs.length, 'pair')} ${result.pairs.length === 1 ? 'gives' : 'give'} ${confidence(measured.confidenceLevel)} confidence, too little to claim anything: a larger --budget`
      : null,
    file: stored.file,
  };
}
