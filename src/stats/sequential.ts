import { afterLook, type Look, levelOf, lookLevels, NO_LOOK_YET, type Spending } from './alpha-spending.ts';
import type { Estimate } from './estimate.ts';
import { signedRankCut } from './signed-rank.ts';

/** Each look has about a fifth more pairs than the one before: looking costs power, and pairs cost time. */
const LOOK_GROWTH = 1.2;
const FEWEST_PAIRS = 5;

export interface SequentialDesign {
  readonly maxPairs: number;
  /** The probability of a false alarm that is allowed over all looks, two-sided. */
  readonly alpha: number;
  readonly spending: Spending;
}

/** A look that a claim can be made at. */
export interface PlannedLook {
  readonly pairs: number;
  /** 1 − the nominal level of this look's test. */
  readonly wantedLevel: number;
}

/**
 * When to look, and at which level, so that all looks together err no more often than `alpha`.
 *
 * The first is the first at which the signed-rank test, being discrete, can meet its bound at all: looking before
 * would spend without any chance of a claim. The last has all that is left.
 */
export function plannedLooks(design: SequentialDesign): PlannedLook[] {
  const { maxPairs, alpha, spending } = design;
  const planned: PlannedLook[] = [];
  let past = NO_LOOK_YET;
  for (let pairs = FEWEST_PAIRS; pairs <= maxPairs; pairs = nextLook(pairs, maxPairs)) {
    const look: Look = {
      information: pairs,
      spent: pairs === maxPairs ? alpha : spending(pairs / maxPairs, alpha),
    };
    const { level, bound } = levelOf(past, look);
    if (signedRankCut(pairs, 1 - level).confidenceLevel < 1 - level) continue;
    planned.push({ pairs, wantedLevel: 1 - level });
    past = afterLook(past, look, bound);
  }
  return planned;
}

function nextLook(pairs: number, maxPairs: number): number {
  if (pairs >= maxPairs) return Number.POSITIVE_INFINITY;
  const next = Math.max(pairs + 1, Math.round(pairs * LOOK_GROWTH));
  // A look just before the last one would take from it and give nothing.
  return next * LOOK_GROWTH > maxPairs && next + 2 >= maxPairs ? maxPairs : Math.min(next, maxPairs);
}

/**
 * The level that the latest of some looks is tested at.
 *
 * @param looks pairs at each look, ascending, the latest last
 * @param isLast no other will follow, for reasons that have nothing to do with what was measured: the budget of time or
 *   of pairs is spent. Then it may spend all that is left (Lan & DeMets's rule for under-running).
 */
export function levelOfLook(
  { maxPairs, alpha, spending }: SequentialDesign,
  looks: readonly number[],
  isLast: boolean,
): number {
  const spent = looks.map((pairs, index): Look => {
    const all = isLast && index === looks.length - 1;
    return { information: pairs, spent: all ? alpha : spending(pairs / maxPairs, alpha) };
  });
  return 1 - (lookLevels(spent).at(-1) ?? alpha);
}

/** More pairs than that are no answer to a person who waits. */
const MOST_PAIRS_TO_ASK_FOR = 10_000;

/**
 * About how many more pairs would bring the interval clear of what it touches, its width going with 1/√n and the
 * estimate staying where it is.
 *
 * @param logRatio ln(new/old) so far, of `pairs` pairs
 * @returns null where the estimate lies so close to the tolerance that no sane number would do
 */
export function pairsToSettle(
  logRatio: Estimate,
  { pairs, toleranceRatio }: { readonly pairs: number; readonly toleranceRatio: number },
): number | null {
  const edges = [Math.log1p(-toleranceRatio), Math.log1p(toleranceRatio)];
  const distance = Math.min(...edges.map((edge) => Math.abs(logRatio.point - edge)));
  const halfWidth = (logRatio.high - logRatio.low) / 2;
  const needed = Math.ceil(pairs * (halfWidth / distance) ** 2);
  const more = Math.max(1, needed - pairs);
  return more <= MOST_PAIRS_TO_ASK_FOR ? more : null;
}
