import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { type FunctionRuns, noisyDifferences } from './function-noise.ts';

const INTERVAL_MS = 0.5;
/** 30 functions, from 1.1 % of the time to 11 %. */
const MEANS = Array.from({ length: 30 }, (_, index) => 3 + 0.9 * index);
const question = { intervalMs: INTERVAL_MS, marginRatio: 0 };

/** A factor around 1 with a standard deviation of 3 %. */
const NOISES = {
  normal: (random: Random) => 1 + 0.03 * normalFrom(random),
  skewed: (random: Random) => 1 + 0.03 * (-Math.log(1 - random()) - 1),
  spiky: (random: Random) => 1 + (random() < 0.1 ? 0.1 : 0) + 0.003 * normalFrom(random),
};

/** A time as samples show it: so many intervals, by chance. */
function sampled(ms: number, random: Random): number {
  const mean = ms / INTERVAL_MS;
  // Of many, the law of Poisson is the normal one.
  if (mean > 100) return Math.round(mean + Math.sqrt(mean) * normalFrom(random)) * INTERVAL_MS;
  let [samples, product] = [0, random()];
  for (const limit = Math.exp(-mean); product > limit; product *= random()) samples += 1;
  return samples * INTERVAL_MS;
}

interface Simulated {
  readonly runs: number;
  readonly noise: (random: Random) => number;
  /** Of all functions of a run alike. */
  readonly common: number;
  /** What the last function takes of its time after. */
  readonly factor: number;
  /** Of all times. */
  readonly scale?: number;
}

function drawn({ runs, noise, common, factor, scale = 1 }: Simulated, random: Random): FunctionRuns[] {
  const side = (last: number) => {
    const shared = Array.from({ length: runs }, () => 1 + common * normalFrom(random));
    return MEANS.map((mean, index) => {
      const own = scale * (index === MEANS.length - 1 ? mean * last : mean);
      return shared.map((each) => sampled(own * each * noise(random), random));
    });
  };
  const [before, after] = [side(1), side(factor)];
  return MEANS.map((_, index) => ({ before: before[index] ?? [], after: after[index] ?? [] }));
}

function shareOf(comparisons: number, happens: () => boolean): number {
  return Array.from({ length: comparisons }, happens).filter(Boolean).length / comparisons;
}

const sides = { runs: 4, noise: NOISES.skewed, common: 0, factor: 1 };

function anyShown(simulated: Simulated, random: Random): boolean {
  return noisyDifferences(drawn(simulated, random), question).some(
    ({ adjustedPValue }) => adjustedPValue <= 0.05,
  );
}

describe('of 30 functions that did not change, one is shown in at most 5 % of comparisons', () => {
  test.each([
    { what: 'normal noise, 4 runs a side', simulated: { ...sides, noise: NOISES.normal } },
    { what: 'skewed noise, 4 runs a side', simulated: sides },
    { what: 'functions that are slow now and then', simulated: { ...sides, noise: NOISES.spiky } },
    { what: 'skewed noise, 3 runs a side', simulated: { ...sides, runs: 3 } },
    { what: 'runs that are slower as a whole', simulated: { ...sides, common: 0.03 } },
  ])('$what', ({ simulated }) => {
    const random = seededRandom(30);
    const share = shareOf(400, () => anyShown(simulated, random));
    expect(share).toBeLessThanOrEqual(0.05);
    // A rule that shows nothing at all would pass as well.
    expect(share).toBeGreaterThan(0);
  });
});

describe('a function that takes 30 % more is shown', () => {
  const found = (simulated: Partial<Simulated>, marginRatio: number) => {
    const random = seededRandom(31);
    return shareOf(100, () => {
      const rows = drawn({ ...sides, factor: 1.3, ...simulated }, random);
      const last = noisyDifferences(rows, { ...question, marginRatio }).at(-1);
      return (last?.adjustedPValue ?? 1) <= 0.05 && (last?.point ?? 0) > 0;
    });
  };
  test('by 4 runs a side, where it has 1000 samples', () => expect(found({ scale: 20 }, 0)).toBe(1));
  test('by 3 runs a side', () => expect(found({ scale: 20, runs: 3 }, 0)).toBeGreaterThan(0.95));
  test('beyond the 15 % that two sessions may differ by', () =>
    expect(found({ scale: 20 }, 0.15)).toBeGreaterThan(0.8));
});

test('an interval holds its point, and covers the truth of its own function', () => {
  const random = seededRandom(32);
  let [covered, all] = [0, 0];
  for (let run = 0; run < 40; run += 1)
    for (const { low, point, high } of noisyDifferences(drawn(sides, random), question)) {
      expect(low).toBeLessThan(point);
      expect(high).toBeGreaterThan(point);
      if ((low ?? 0) <= 0 && (high ?? 0) >= 0) covered += 1;
      all += 1;
    }
  expect(covered / all).toBeGreaterThan(0.94);
});

test('points are differences of means, so that they add up', () => {
  const rows = [
    { before: [10, 12], after: [20, 24] },
    { before: [5, 5], after: [1, 3] },
  ];
  expect(noisyDifferences(rows, question).map(({ point }) => point)).toEqual([11, -3]);
});

test('one run a side shows no spread, and a function below 1 % of the time is never shown', () => {
  expect(noisyDifferences([{ before: [10], after: [20] }], question)).toEqual([
    { point: 10, low: null, high: null, confidenceLevel: 0, adjustedPValue: 1 },
  ]);
  const rows = [
    { before: [1000, 1001, 1000], after: [1000, 999, 1000] },
    { before: [1, 1, 1], after: [9, 9, 9] },
  ];
  expect(noisyDifferences(rows, question)[1]).toMatchObject({ point: 8, adjustedPValue: 1 });
});
