import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { pocockSpending } from './alpha-spending.ts';
import { pairsToSettle } from './pairs-to-settle.ts';
import { type PlannedLook, plannedLooks } from './sequential.ts';
import { hodgesLehmannPaired } from './signed-rank.ts';

const estimate = (point: number, half: number, confidenceLevel = 0.95) => ({
  point,
  low: point - half,
  high: point + half,
  confidenceLevel,
});

// Of 400 pairs, so that the noise is all but known; s is the standard error, half the interval over 1.96. With k times the
// pairs, the new estimate has a spread of s·√(1 + 1/k) and must clear the edge by 1.96·s/√k.
test.each([
  // 2.8 − 1.96/√k = 1.036·√(1 + 1/k), where 1.036 is the normal quantile of 0.85: k = 1.72.
  {
    what: 'beyond the tolerance by 2.8 s',
    point: Math.log1p(0.02) + 2.8 * (0.01 / 1.96),
    half: 0.01,
    more: 288,
  },
  // 0.02 − 0.011/√k = 1.44·0.005612·√(1 + 1/k), where 0.85 lies within ±1.44: k = 1.37.
  { what: 'in the middle of the tolerance', point: 0, half: 0.011, more: 148 },
])('$what: as worked out by hand', ({ point, half, more }) => {
  const suggested = pairsToSettle(estimate(point, half), { pairs: 400, toleranceRatio: 0.02 });
  expect(suggested).toBeGreaterThan(more - 10);
  // Numbers of pairs are tried in steps of 4 %.
  expect(suggested).toBeLessThan(more + 40);
});

test.each([
  { what: 'at the edge of the tolerance', point: Math.log1p(0.02), half: 0.01 },
  { what: 'so noisy that 2,000 pairs would not do', point: 0, half: 3 },
])('no number of pairs: $what', ({ point, half }) =>
  expect(pairsToSettle(estimate(point, half), { pairs: 20, toleranceRatio: 0.02 })).toBeNull(),
);

test.each([1, 30])('a tolerance of %d has no lower edge, and no NaN', (toleranceRatio) => {
  const wide = { point: 0.1, low: -2, high: 8, confidenceLevel: 0.95 };
  expect(pairsToSettle(wide, { pairs: 10, toleranceRatio })).toSatisfy(
    (more: number | null) => more === null || Number.isInteger(more),
  );
});

test('without any noise seen, as many as a first claim needs', () => {
  expect(pairsToSettle(estimate(0.1, 0, 0), { pairs: 1, toleranceRatio: 0.02 })).toBe(7);
  expect(pairsToSettle(estimate(0.1, 0), { pairs: 6, toleranceRatio: 0.02 })).toBe(2);
  expect(pairsToSettle(estimate(Math.log1p(0.02), 0), { pairs: 6, toleranceRatio: 0.02 })).toBeNull();
});

describe('a new measurement of the suggested size decides in at least 80 %', () => {
  const random = seededRandom(3);
  const spiky = () => (random() < 0.1 ? 10 * (random() - random()) : 0) + 0.5 * normalFrom(random);
  const NOISES: Readonly<Record<string, (random: Random) => number>> = { normal: normalFrom, spiky };
  const EFFECTS: Readonly<Record<string, () => number>> = {
    'up to ±6 %': () => 0.12 * (random() - 0.5),
    'of either sign, 3 % on average': () => 0.03 * normalFrom(random),
    'or none': () => 0,
  };
  const cases = Object.entries(NOISES).flatMap(([noise, draw]) =>
    Object.entries(EFFECTS).map(([effect, effectOf]) => ({ noise, draw, effect, effectOf })),
  );
  test.each(cases)('$noise noise, effects $effect', ({ draw, effectOf }) => {
    const counts = { suggested: 0, decided: 0 };
    while (counts.suggested < 100) {
      // Noise of a pair from 1 to 8 %.
      const side = { effect: effectOf(), deviation: 0.01 * 8 ** random(), draw };
      const pairs = [8, 12, 30, 60][Math.floor(4 * random())] ?? 8;
      const first = measured(side, pairs);
      const more = first === null ? null : pairsToSettle(first, { pairs, toleranceRatio: TOLERANCE });
      if (more === null) continue;
      counts.suggested += 1;
      if (measured(side, pairs + more) === null) counts.decided += 1;
    }
    expect(counts.decided / counts.suggested).toBeGreaterThanOrEqual(0.8);
  });

  /** A whole measurement of at most so many pairs: null where it was decided, its last interval where not. */
  function measured(
    side: {
      readonly effect: number;
      readonly deviation: number;
      readonly draw: (random: Random) => number;
    },
    maxPairs: number,
  ) {
    const differences: number[] = [];
    let last = estimate(0, 0, 0);
    for (const { pairs, wantedLevel } of looksOf(maxPairs)) {
      while (differences.length < pairs) differences.push(side.effect + side.deviation * side.draw(random));
      last = hodgesLehmannPaired(differences, wantedLevel);
      if (last.low > HIGH || last.high < LOW || (last.low >= LOW && last.high <= HIGH)) return null;
    }
    return last;
  }
});

const TOLERANCE = 0.02;
const [LOW, HIGH] = [Math.log1p(-TOLERANCE), Math.log1p(TOLERANCE)];

const plans = new Map<number, readonly PlannedLook[]>();
function looksOf(maxPairs: number): readonly PlannedLook[] {
  const looks = plans.get(maxPairs) ?? plannedLooks({ alpha: 0.05, spending: pocockSpending }, maxPairs);
  plans.set(maxPairs, looks);
  return looks;
}

test('an early look of a long plan, whose level is next to 1', () =>
  expect(
    pairsToSettle(
      { point: 0, low: -1, high: 1, confidenceLevel: 1 - Number.EPSILON },
      { pairs: 60, toleranceRatio: 0.02 },
    ),
  ).toSatisfy((more: number | null) => more === null || Number.isInteger(more)));
