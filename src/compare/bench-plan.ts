import { obrienFlemingSpending, pocockSpending, type Spending } from '../stats/alpha-spending.ts';
import { isLookDue, levelOfLook, type SequentialDesign, type TakenLook } from '../stats/sequential.ts';
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

/** Where measuring ends in any case. */
const MOST_PLANNED_PAIRS = 2000;

export interface BenchPlan {
  readonly confidenceLevel: number;
  readonly spending: keyof typeof SPENDINGS;
  /** So many pairs and one look at them; null to look as they come in. */
  readonly fixedPairs: number | null;
  /** How many comparisons are made at once: sides that are compared with the first, times modes. */
  readonly comparisons: number;
}

function designFor({ confidenceLevel, spending }: BenchPlan, sharing: number): SequentialDesign {
  return { alpha: (1 - confidenceLevel) / sharing, spending: SPENDINGS[spending] };
}

/** How far a measurement has come, after at least one pair. */
export interface Progress {
  /** Looks that could have ended it. */
  readonly taken: readonly TakenLook[];
  readonly pairs: number;
  readonly elapsedMs: number;
  readonly budgetMs: number;
  /** So many pairs in any case, though the budget be spent. */
  readonly leastPairs: number;
}

/** What follows from it for the analysis and for the measurement. */
export interface Standing {
  /** The looks taken and, last, the pairs so far: what `compareSides` needs. The next `taken`, if this is a look. */
  readonly looks: readonly TakenLook[];
  /** Whether a claim may end the measurement here; never, with a fixed number of pairs. */
  readonly isLook: boolean;
  /** Why there is no further pair, if there is none. */
  readonly exhausted: 'pairs' | 'budget' | null;
}

/**
 * Plans anew after each pair: as many pairs as the budget allows at the pace so far. So the fraction of what is planned
 * is about that of the budget, however the pace changes, and the look at its end has all of the error that is left.
 */
export function standingAfter(plan: BenchPlan, progress: Progress): Standing {
  const { taken, pairs } = progress;
  const maxPairs = plan.fixedPairs ?? affordablePairs(progress);
  const isEnd = pairs >= maxPairs;
  const looks = [...taken, { pairs, fraction: Math.min(1, pairs / maxPairs) }];
  const isLook = plan.fixedPairs === null && isLookDue(designFor(plan, plan.comparisons), looks, maxPairs);
  const reason = plan.fixedPairs === null && pairs < MOST_PLANNED_PAIRS ? 'budget' : 'pairs';
  return { looks, isLook, exhausted: isEnd ? reason : null };
}

/** Pairs in all, those measured included. */
function affordablePairs({ pairs, elapsedMs, budgetMs, leastPairs }: Progress): number {
  const leftMs = budgetMs - elapsedMs;
  const more = leftMs > 0 ? Math.floor(leftMs / (elapsedMs / pairs)) : 0;
  return Math.min(MOST_PLANNED_PAIRS, Math.max(leastPairs, pairs + more));
}

/**
 * Each comparison with its verdict. Of several, by Holm's rule: the one with the smallest p-value is tested at α divided
 * by their number, the next at α by one less, until one fails.
 *
 * @param pairsPerComparison one entry a side that is compared with the first; with two modes, one a mode
 */
export function compareSides(
  pairsPerComparison: readonly (readonly BenchPair[])[],
  {
    plan,
    looks,
    question,
  }: {
    readonly plan: BenchPlan;
    /** As `standingAfter` gives them. */
    readonly looks: readonly TakenLook[];
    readonly question: Omit<BenchQuestion, 'wantedLevel'>;
  },
): BenchResult[] {
  const { metric = 'wall' } = question;
  // Of what cannot be measured there is no difference: 1.
  const pValues = pairsPerComparison.map((pairs) => signedRankPValue(logRatiosOf(pairs, metric) ?? []));
  const byPValue = [...pValues.keys()].toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const results: BenchResult[] = [];
  let sharing = plan.comparisons;
  for (const index of byPValue) {
    const design = designFor(plan, sharing);
    const wantedLevel = plan.fixedPairs === null ? levelOfLook(design, looks) : 1 - design.alpha;
    const result = benchResult(pairsPerComparison[index] ?? [], { ...question, wantedLevel });
    results[index] = result;
    if (result.verdict.kind !== 'inconclusive') sharing = Math.max(1, sharing - 1);
  }
  return results;
}
