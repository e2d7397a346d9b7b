import { obrienFlemingSpending, pocockSpending, type Spending } from '../stats/alpha-spending.ts';
import { levelOfLook, type PlannedLook, plannedLooks, type SequentialDesign } from '../stats/sequential.ts';
import { signedRankPValue } from '../stats/signed-rank.ts';
import { logRatiosOf } from './bench-metrics.ts';
import type { BenchPair, BenchResult } from './bench-report.ts';
import { type BenchQuestion, benchResult } from './bench-result.ts';

export const SPENDINGS = {
  /** For a person who waits: early answers. */
  pocock: pocockSpending,
  /** For CI: as strong at its end as if it had looked once. */
  'obrien-fleming': obrienFlemingSpending,
} satisfies Record<string, Spending>;

/** Where looking ends in any case. */
export const MOST_PAIRS = 60;

export interface BenchPlan {
  readonly confidenceLevel: number;
  readonly spending: keyof typeof SPENDINGS;
  /** So many pairs and one look at them; null to look as they come in. */
  readonly fixedPairs: number | null;
  /** How many sides are compared with the first. */
  readonly comparisons: number;
}

function designFor({ confidenceLevel, spending }: BenchPlan, sharing: number): SequentialDesign {
  return { maxPairs: MOST_PAIRS, alpha: (1 - confidenceLevel) / sharing, spending: SPENDINGS[spending] };
}

/** The numbers of pairs at which a claim may end the measurement, ascending. */
export function looksOf(plan: BenchPlan): readonly PlannedLook[] {
  return plan.fixedPairs === null ? plannedLooks(designFor(plan, plan.comparisons)) : [];
}

/** Where in the plan an analysis stands. */
export interface Stage {
  /** Pairs at each look that was taken, ascending; this one is no look of those. */
  readonly looked: readonly number[];
  /** Nothing will follow, for a reason that has nothing to do with the results. */
  readonly isLast: boolean;
}

/**
 * Each side against the first. With several, Holm's rule: the comparison with the smallest p-value is tested at α
 * divided by their number, the next at α by one less, until one fails.
 */
export function analyse(
  pairsPerSide: readonly (readonly BenchPair[])[],
  { plan, stage, question }: { plan: BenchPlan; stage: Stage; question: Omit<BenchQuestion, 'wantedLevel'> },
): BenchResult[] {
  const { metric = 'wall' } = question;
  // Of what cannot be measured there is no difference: 1.
  const pValues = pairsPerSide.map((pairs) => signedRankPValue(logRatiosOf(pairs, metric) ?? []));
  const byPValue = [...pValues.keys()].toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const results: BenchResult[] = [];
  let sharing = plan.comparisons;
  for (const index of byPValue) {
    const pairs = pairsPerSide[index] ?? [];
    const wantedLevel = levelFor({ plan, stage, sharing, pairs: pairs.length });
    const result = benchResult(pairs, { ...question, wantedLevel });
    results[index] = result;
    if (result.verdict.kind !== 'inconclusive') sharing = Math.max(1, sharing - 1);
  }
  return results;
}

function levelFor(at: { plan: BenchPlan; stage: Stage; sharing: number; pairs: number }): number {
  const { plan, stage, sharing, pairs } = at;
  const design = designFor(plan, sharing);
  if (plan.fixedPairs !== null) return 1 - design.alpha;
  const earlier = stage.looked.filter((look) => look < pairs);
  return levelOfLook(design, [...earlier, pairs], stage.isLast || pairs >= MOST_PAIRS);
}
