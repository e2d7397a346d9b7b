import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { obrienFlemingSpending, pocockSpending } from './alpha-spending.ts';
import { type PlannedLook, plannedLooks } from './sequential.ts';
import { hodgesLehmannPaired, meanRanks, signedRankCut } from './signed-rank.ts';

const ALPHA = 0.05;
const SPENDINGS = { pocock: pocockSpending, 'o’brien-fleming': obrienFlemingSpending };

/** Noise of one log time, of the shapes that real ones have; all have a scale of some percent. */
const NOISES: Readonly<Record<string, (random: Random) => number>> = {
  normal: (random) => 0.04 * normalFrom(random),
  'log-normal': (random) => 0.03 * Math.exp(normalFrom(random)),
  bimodal: (random) => (random() < 0.4 ? 0.1 : 0) + 0.01 * normalFrom(random),
  spiky: (random) => (random() < 0.1 ? random() : 0) + 0.02 * normalFrom(random),
};

const pairsOf = (noise: (random: Random) => number, random: Random, count: number, effect = 0) =>
  Array.from({ length: count }, () => noise(random) - noise(random) + effect);

describe('the interval of the centre covers it as often as it says', () => {
  const RUNS = 6000;
  // Three standard deviations of a proportion near 0.95, of so many runs.
  const SAMPLING_ERROR = 3 * Math.sqrt((0.95 * 0.05) / RUNS);
  const cases = Object.entries(NOISES).flatMap(([name, noise]) =>
    [6, 10, 20, 60].map((count) => ({ name, noise, count })),
  );
  test.each(cases)('$name, $count pairs', ({ noise, count }) => {
    const random = seededRandom(count);
    const { cut, confidenceLevel } = signedRankCut(count, 0.95);
    let covered = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const sum = positiveRanks(pairsOf(noise, random, count));
      // The interval leaves 0 outside exactly where the test rejects it, as the next test shows.
      if (Math.min(sum, (count * (count + 1)) / 2 - sum) > cut) covered += 1;
    }
    expect(covered / RUNS).toBeGreaterThan(0.95 - 0.015);
    expect(Math.abs(covered / RUNS - confidenceLevel)).toBeLessThan(SAMPLING_ERROR);
  });

  test('0 lies outside the interval where the signed ranks reject it, and only there', () => {
    const random = seededRandom(5);
    for (let run = 0; run < 500; run += 1) {
      const count = 6 + Math.floor(random() * 20);
      const differences = pairsOf(NOISES['log-normal'] ?? Math.random, random, count, 0.03);
      const { low, high } = hodgesLehmannPaired(differences, 0.95);
      const sum = positiveRanks(differences);
      const rejects = Math.min(sum, (count * (count + 1)) / 2 - sum) <= signedRankCut(count, 0.95).cut;
      expect(low > 0 || high < 0).toBe(rejects);
    }
  });
});

describe('the plan', () => {
  test.each(Object.entries(SPENDINGS))(
    '%s looks from where a claim can be made, up to the last',
    (_, spending) => {
      const looks = plannedLooks({ alpha: ALPHA, spending }, 60);
      expect(looks.at(-1)?.pairs).toBe(60);
      for (const { pairs, wantedLevel } of looks) expect(2 / 2 ** pairs).toBeLessThanOrEqual(1 - wantedLevel);
    },
  );

  test('a person who waits has the first look at 8 pairs', () => {
    const looks = plannedLooks({ alpha: ALPHA, spending: pocockSpending }, 60);
    expect(looks[0]?.pairs).toBe(8);
  });

  test('six pairs and no more are one look at the whole level', () => {
    const looks = plannedLooks({ alpha: ALPHA, spending: pocockSpending }, 6);
    expect(looks.map(({ pairs }) => pairs)).toEqual([6]);
    expect(looks[0]?.wantedLevel).toBeCloseTo(0.95, 9);
  });
});

describe('false alarms of the whole procedure', () => {
  const RUNS = 10_000;
  // Of 10,000 runs at 5 %: three standard deviations.
  const MOST = ALPHA + 3 * Math.sqrt((ALPHA * (1 - ALPHA)) / RUNS);
  const cases = Object.entries(SPENDINGS).flatMap(([rule, spending]) =>
    Object.entries(NOISES).map(([name, noise]) => ({ rule, spending, name, noise })),
  );
  test.each(cases)('$rule, $name', ({ spending, noise }) => {
    const looks = plannedLooks({ alpha: ALPHA, spending }, 60);
    const alarms = claims({ looks, noise, effect: 0, runs: RUNS, toleranceRatio: 0 });
    expect(alarms.ratio).toBeLessThanOrEqual(MOST);
    // It is a test that can fail: the level is used, not left lying.
    expect(alarms.ratio).toBeGreaterThan(0.02);
  });

  test('with a tolerance, no change is hardly ever called one', () => {
    const looks = plannedLooks({ alpha: ALPHA, spending: pocockSpending }, 60);
    for (const noise of Object.values(NOISES)) {
      expect(claims({ looks, noise, effect: 0, runs: 2000, toleranceRatio: 0.02 }).ratio).toBeLessThanOrEqual(
        ALPHA,
      );
    }
  });

  test('looking at every pair at the plain level would be wrong three times as often', () => {
    const looks = Array.from({ length: 55 }, (_, index) => ({ pairs: index + 6, wantedLevel: 0.95 }));
    const alarms = claims({
      looks,
      noise: NOISES.normal ?? normalFrom,
      effect: 0,
      runs: 2000,
      toleranceRatio: 0,
    });
    expect(alarms.ratio).toBeGreaterThan(0.13);
  });
});

test('power grows with the effect (printed: found, median pairs)', () => {
  const looks = plannedLooks({ alpha: ALPHA, spending: pocockSpending }, 60);
  const rows = Object.entries(NOISES).map(([name, noise]) => {
    const found = [0, 0.01, 0.02, 0.05, 0.1].map((slowdown) => {
      const effect = Math.log1p(slowdown);
      return claims({ looks, noise, effect, runs: 1000, toleranceRatio: 0 });
    });
    return { name, found };
  });
  for (const { name, found } of rows) {
    const cells = found.map(({ ratio, medianPairs }) => `${(100 * ratio).toFixed(1)} % (${medianPairs})`);
    process.stdout.write(`${name.padEnd(12)}${cells.map((cell) => cell.padStart(14)).join('')}\n`);
    expect(found.map(({ ratio }) => ratio)).toEqual(
      found.map(({ ratio }) => ratio).toSorted((a, b) => a - b),
    );
    expect(found.at(-1)?.ratio).toBeGreaterThan(0.9);
  }
});

interface Simulation {
  readonly looks: readonly PlannedLook[];
  readonly noise: (random: Random) => number;
  readonly effect: number;
  readonly runs: number;
  readonly toleranceRatio: number;
}

/** How often a slow-down or a speed-up beyond the tolerance is claimed at any look. */
function claims({ looks, noise, effect, runs, toleranceRatio }: Simulation) {
  const random = seededRandom(11);
  const cuts = looks.map(({ pairs, wantedLevel }) => ({ pairs, cut: signedRankCut(pairs, wantedLevel).cut }));
  const most = cuts.at(-1)?.pairs ?? 0;
  const [slowest, fastest] = [Math.log1p(-toleranceRatio), Math.log1p(toleranceRatio)];
  const stoppedAt: number[] = [];
  let claimed = 0;
  for (let run = 0; run < runs; run += 1) {
    const differences = pairsOf(noise, random, most, effect);
    const stop = cuts.find(({ pairs, cut }) => {
      const seen = differences.slice(0, pairs);
      const whole = (pairs * (pairs + 1)) / 2;
      const tooLow = positiveRanks(seen.map((d) => d - slowest)) <= cut;
      const tooHigh = whole - positiveRanks(seen.map((d) => d - fastest)) <= cut;
      return tooLow || tooHigh;
    });
    if (stop !== undefined) claimed += 1;
    stoppedAt.push(stop?.pairs ?? most);
  }
  return { ratio: claimed / runs, medianPairs: stoppedAt.toSorted((a, b) => a - b)[Math.floor(runs / 2)] };
}

function positiveRanks(differences: readonly number[]): number {
  const ranks = meanRanks(differences.map(Math.abs));
  return differences.reduce((sum, difference, index) => sum + (difference > 0 ? (ranks[index] ?? 0) : 0), 0);
}
