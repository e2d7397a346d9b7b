import { type Look, latestLevel, type Spending } from './alpha-spending.ts';
import { signedRankCut } from './signed-rank.ts';

/** Each look has about a fifth more pairs than the one before: a look costs power, and pairs cost time. */
const LOOK_GROWTH = 1.2;
/** No look in the last tenth before the end: it would take from the last one and save next to nothing. */
const END_GROWTH = 1.1;
const FEWEST_PAIRS = 5;

export interface SequentialDesign {
  /** The probability of a false alarm that is allowed over all looks, two-sided. */
  readonly alpha: number;
  readonly spending: Spending;
}

/** A look at the pairs so far. */
export interface TakenLook {
  readonly pairs: number;
  /**
   * How much of what was planned is in, in (0, 1]; 1 at the last look. It may depend on what pairs cost, never on which
   * side was faster: then any plan, and any change of it, keeps the error allowed (Lan & DeMets 1983; 1989, Statistics in
   * Medicine 8, 1191–1198, for calendar time).
   */
  readonly fraction: number;
}

/**
 * The confidence level that the latest of some looks is tested at.
 *
 * A fraction that is smaller than an earlier one, since pairs became cheaper, spends nothing: then the level is 1.
 *
 * @param looks ascending by pairs; the latest is the one asked about
 */
export function levelOfLook({ alpha, spending }: SequentialDesign, looks: readonly TakenLook[]): number {
  let spent = 0;
  const asLooks = looks.map(({ pairs, fraction }): Look => {
    spent = Math.max(spent, fraction >= 1 ? alpha : spending(fraction, alpha));
    return { information: pairs, spent };
  });
  return 1 - latestLevel(asLooks);
}

/**
 * Whether to look now: far enough from the look before and from the end, and not before the signed-rank test, being
 * discrete, can meet its bound at all; looking earlier would spend without any chance of a claim.
 *
 * @param looks those taken, and the one in question as the last
 * @param maxPairs as many pairs as will be measured, as far as is known now
 */
export function isLookDue(design: SequentialDesign, looks: readonly TakenLook[], maxPairs: number): boolean {
  const [before, now] = [looks.at(-2)?.pairs ?? 0, looks.at(-1)];
  if (now === undefined || now.pairs < FEWEST_PAIRS) return false;
  const { pairs } = now;
  const isEnd = pairs >= maxPairs;
  const nearEnd = pairs + 2 >= maxPairs || pairs * END_GROWTH > maxPairs;
  if (!isEnd && (nearEnd || pairs < Math.max(before + 1, Math.round(before * LOOK_GROWTH)))) return false;
  const wantedLevel = levelOfLook(design, looks);
  return signedRankCut(pairs, wantedLevel).confidenceLevel >= wantedLevel;
}

/** A look that a claim can be made at. */
export interface PlannedLook {
  readonly pairs: number;
  /** 1 − the nominal level of this look's test. */
  readonly wantedLevel: number;
}

/** All looks of a measurement of so many pairs, where none comes sooner or later than planned. */
export function plannedLooks(design: SequentialDesign, maxPairs: number): PlannedLook[] {
  const planned: PlannedLook[] = [];
  let taken: readonly TakenLook[] = [];
  for (let pairs = 1; pairs <= maxPairs; pairs += 1) {
    const looks = [...taken, { pairs, fraction: pairs / maxPairs }];
    if (!isLookDue(design, looks, maxPairs)) continue;
    planned.push({ pairs, wantedLevel: levelOfLook(design, looks) });
    taken = looks;
  }
  return planned;
}
