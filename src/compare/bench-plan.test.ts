import { describe, expect, test } from 'vitest';
import { benchPairs } from '../../tests/support/bench-pairs.ts';
import { normalFrom, seededRandom } from '../base/random.ts';
import { levelOfLook, type TakenLook } from '../stats/sequential.ts';
import { signedRankPValue } from '../stats/signed-rank.ts';
import { type BenchPlan, compareSides, SPENDINGS, standingAfter } from './bench-plan.ts';

const PLAN: BenchPlan = { confidenceLevel: 0.95, spending: 'pocock', fixedPairs: null, comparisons: 1 };

interface Pace {
  readonly plan?: BenchPlan;
  readonly budgetMs: number;
  readonly leastPairs?: number;
  /** What the pair of that number takes, from 1. */
  readonly pairMs: (pair: number) => number;
}

/** All looks up to the end, where no claim ends it. */
function measuredToTheEnd({ plan = PLAN, budgetMs, leastPairs = 6, pairMs }: Pace) {
  let taken: readonly TakenLook[] = [];
  let elapsedMs = 0;
  for (let pairs = 1; ; pairs += 1) {
    elapsedMs += pairMs(pairs);
    const { looks, isLook, exhausted } = standingAfter(plan, {
      taken,
      pairs,
      elapsedMs,
      budgetMs,
      leastPairs,
    });
    if (exhausted !== null) return { looks, exhausted, elapsedMs };
    if (isLook) taken = looks;
  }
}

describe('the budget is planned for', () => {
  test.each([
    { budgetMs: 10_000, paceMs: 100, pairs: 100, exhausted: 'budget' },
    { budgetMs: 170_000, paceMs: 100, pairs: 1700, exhausted: 'budget' },
    { budgetMs: 1_000_000, paceMs: 100, pairs: 2000, exhausted: 'pairs' },
    { budgetMs: 100, paceMs: 100, pairs: 6, exhausted: 'budget' },
    { budgetMs: 0, paceMs: 0, pairs: 6, exhausted: 'budget' },
  ])('$budgetMs ms at $paceMs ms a pair: $pairs pairs', ({ budgetMs, paceMs, pairs, exhausted }) => {
    const end = measuredToTheEnd({ budgetMs, pairMs: () => paceMs });
    expect(end.looks.at(-1)).toEqual({ pairs, fraction: 1 });
    expect(end.exhausted).toBe(exhausted);
    expect(end.elapsedMs).toBe(pairs * paceMs);
  });

  test.each([
    { what: 'pairs that become five times slower', pairMs: (pair: number) => (pair < 30 ? 100 : 500) },
    { what: 'a slow beginning', pairMs: (pair: number) => (pair < 8 ? 500 : 50) },
    { what: 'two paces in turns', pairMs: (pair: number) => (Math.floor(pair / 20) % 2 ? 40 : 200) },
  ])('$what: the budget is used up, and no more', ({ pairMs }) => {
    const { looks, elapsedMs } = measuredToTheEnd({ budgetMs: 20_000, pairMs });
    expect(elapsedMs).toBeLessThanOrEqual(20_000);
    expect(elapsedMs).toBeGreaterThan(19_000);
    expect(looks.at(-1)?.fraction).toBe(1);
  });

  test('a fixed number of pairs is one look, whatever it takes', () => {
    const end = measuredToTheEnd({
      plan: { ...PLAN, fixedPairs: 12 },
      budgetMs: 10,
      pairMs: () => 100,
    });
    expect(end).toMatchObject({ looks: [{ pairs: 12, fraction: 1 }], exhausted: 'pairs' });
  });

  test('a short budget has its first look at 8 pairs, a long one hardly later', () => {
    const firstOf = (budgetMs: number) => measuredToTheEnd({ budgetMs, pairMs: () => 100 }).looks[0]?.pairs;
    expect(firstOf(6_000)).toBe(8);
    expect(firstOf(200_000)).toBeLessThanOrEqual(14);
  });
});

describe('false alarms of a whole measurement, whatever the pace', () => {
  const RUNS = 3000;
  const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS);
  test.each([
    { what: 'as planned', pairMs: () => 100 },
    { what: 'pairs that become five times slower', pairMs: (pair: number) => (pair < 30 ? 100 : 500) },
    { what: 'pairs that become five times cheaper', pairMs: (pair: number) => (pair < 30 ? 500 : 100) },
    { what: 'two paces in turns', pairMs: (pair: number) => (Math.floor(pair / 20) % 2 ? 40 : 200) },
  ])('$what', ({ pairMs }) => {
    const { looks } = measuredToTheEnd({ budgetMs: 15_000, pairMs });
    const design = { alpha: 0.05, spending: SPENDINGS.pocock };
    const levels = looks.map((_, index) => 1 - levelOfLook(design, looks.slice(0, index + 1)));
    const random = seededRandom(8);
    const most = looks.at(-1)?.pairs ?? 0;
    let alarms = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const differences = Array.from({ length: most }, () => normalFrom(random));
      if (looks.some(({ pairs }, at) => signedRankPValue(differences.slice(0, pairs)) <= (levels[at] ?? 0)))
        alarms += 1;
    }
    expect(alarms / RUNS).toBeLessThan(MOST);
    expect(alarms / RUNS).toBeGreaterThan(0.03);
  });
});

test('cold and steady are two comparisons: together they claim a difference by chance in at most 5 %', () => {
  const random = seededRandom(4);
  const equal = (pairs: number) =>
    benchPairs(Array.from({ length: pairs }, () => ({ before: noisy(), after: noisy() })));
  const noisy = () => 100 * Math.exp(0.02 * normalFrom(random));
  const question = { toleranceRatio: 0, pairMs: 100 };
  const RUNS = 800;
  const claimed = (comparisons: number) => {
    let runs = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const results = compareSides([equal(20), equal(20)], {
        plan: { ...PLAN, comparisons },
        looks: [{ pairs: 20, fraction: 1 }],
        question,
      });
      if (results.some(({ verdict }) => verdict.kind !== 'inconclusive')) runs += 1;
    }
    return runs / RUNS;
  };
  expect(claimed(2)).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / RUNS));
  // Each at the whole level, as if it were alone, would be wrong nearly twice as often.
  expect(claimed(1)).toBeGreaterThan(0.075);
});
