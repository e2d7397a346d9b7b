import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { overtakingSize, type SizedDifference } from './overtaking.ts';
import { hodgesLehmannPaired } from './signed-rank.ts';

/** `slower`, `faster`: shown; `+`, `−`: only the sign of the point. */
const SIGNS = { slower: [0.1, 0.05], faster: [-0.1, 0.05], '+': [0.01, 0.05], '−': [-0.01, 0.05] } as const;

/** Of sizes 1, 10, 100 and so on. */
function drawn(signs: string): SizedDifference[] {
  return signs.split(' ').map((sign, index) => {
    const [point, half] = SIGNS[sign as keyof typeof SIGNS];
    return {
      size: 10 ** index,
      logRatio: { point, low: point - half, high: point + half, confidenceLevel: 0.95 },
    };
  });
}

describe('the size from which on the new side is faster', () => {
  test.each([
    { signs: 'slower faster', low: 1, high: 10, point: 10 ** 0.5 },
    { signs: 'slower slower faster', low: 10, high: 100, point: 10 ** 1.5 },
    // What is not shown lies within the interval, and still says where in it.
    { signs: 'slower + − faster', low: 1, high: 1000, point: 10 ** 1.5 },
    { signs: 'slower + faster faster', low: 1, high: 100, point: 10 ** (1 + 0.01 / 0.11) },
    { signs: 'slower faster slower faster', low: 100, high: 1000, point: 10 ** 2.5 },
  ])('$signs', ({ signs, low, high, point }) => {
    const size = overtakingSize(drawn(signs));
    expect(size).toMatchObject({ low, high, confidenceLevel: 0.95 });
    expect(size?.point).toBeCloseTo(point, 9);
  });

  test.each(['faster faster', 'slower slower', 'faster slower', '+ faster', 'slower −', '+ −'])(
    '%s shows none',
    (signs) => expect(overtakingSize(drawn(signs))).toBeNull(),
  );

  test('one value at each size shows none', () => {
    const alone = (point: number) => ({ point, low: point, high: point, confidenceLevel: 0 });
    expect(
      overtakingSize([
        { size: 1, logRatio: alone(1) },
        { size: 2, logRatio: alone(-1) },
      ]),
    ).toBeNull();
  });
});

describe('the interval covers the true size, though no cost is a straight line', () => {
  const TRUE_SIZE = 2140;
  const line = (n: number) => 1000 + n;
  const power = (n: number) => (line(TRUE_SIZE) / TRUE_SIZE ** 1.2) * n ** 1.2;
  const RUNS = 1500;
  const cases = [
    // Sizes far apart: the point is rough, the interval says how rough.
    { sizes: [100, 1000, 10_000], noise: 0.05, rounds: 6, pointWithin: 0.3 },
    { sizes: [250, 500, 1000, 2000, 4000, 8000], noise: 0.05, rounds: 6, pointWithin: 0.1 },
    { sizes: [250, 500, 1000, 2000, 4000, 8000], noise: 0.02, rounds: 20, pointWithin: 0.05 },
    // Both sides of the true size are measured close to it.
    { sizes: [500, 1800, 2000, 2200, 2400, 9000], noise: 0.02, rounds: 12, pointWithin: 0.05 },
  ];
  test.each(cases)('$sizes, noise $noise, $rounds rounds', ({ sizes, noise, rounds, pointWithin }) => {
    const random = seededRandom(7);
    const found = Array.from({ length: RUNS }, () =>
      overtakingSize(
        sizes.map((size) => ({
          size,
          logRatio: hodgesLehmannPaired(
            Array.from({ length: rounds }, () => noisy(Math.log(line(size) / power(size)), noise, random)),
          ),
        })),
      ),
    ).filter((size) => size !== null);
    const covered = found.filter(({ low, high }) => low <= TRUE_SIZE && TRUE_SIZE <= high);
    expect(found.length).toBeGreaterThan(0.9 * RUNS);
    // Three standard deviations of a proportion of 95 %.
    expect(covered.length / found.length).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / RUNS));
    const points = found.map(({ point }) => point).toSorted((a, b) => a - b);
    const middle = points[Math.floor(points.length / 2)] ?? 0;
    expect(Math.abs(Math.log(middle / TRUE_SIZE))).toBeLessThan(pointWithin);
  });
});

/** Of the difference of two log times. */
function noisy(logRatio: number, noise: number, random: Random): number {
  return logRatio + noise * (normalFrom(random) - normalFrom(random));
}
