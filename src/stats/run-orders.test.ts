import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { pocockSpending } from './alpha-spending.ts';
import { randomOrders } from './run-orders.ts';
import { plannedLooks } from './sequential.ts';
import { meanRanks, signedRankCut } from './signed-rank.ts';

test('each order of three sides is as likely, and independent of the one before', () => {
  const orders = randomOrders(3, seededRandom(1));
  const counts = new Map<string, number>();
  for (let round = 0; round < 7200; round += 1) {
    const key = `${orders.next().value} ${orders.next().value}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(36);
  // 200 of each are expected: five standard deviations.
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(5 * Math.sqrt(200));
});

/** Noise of the log time of one process after another. */
const DISTURBANCES: Readonly<Record<string, (random: Random) => () => number>> = {
  'independent noise': (random) => () => 0.03 * normalFrom(random),
  'AR(1), 0.7': (random) => {
    let level = 0;
    return () => {
      level = 0.7 * level + 0.03 * normalFrom(random);
      return level;
    };
  },
  'bursts of 1 to 8 processes': (random) => {
    let left = 0;
    return () => {
      if (left > 0) left -= 1;
      else if (random() < 0.1) left = 1 + Math.floor(8 * random());
      return (left > 0 ? 0.2 : 0) + 0.01 * normalFrom(random);
    };
  },
  'a period of four processes': (random) => {
    let phase = 2 * Math.PI * random();
    return () => {
      phase += Math.PI / 2;
      return 0.05 * Math.sin(phase) + 0.02 * normalFrom(random);
    };
  },
};

/** Whether the first of two equal sides comes first, pair after pair. */
const coins = (random: Random) => {
  const orders = randomOrders(2, random);
  return () => orders.next().value[0] === 0;
};

function* twoPairsACoin(random: Random): Generator<boolean, never> {
  for (;;) {
    const isFirst = random() < 0.5;
    yield isFirst;
    yield !isFirst;
  }
}

const RUNS = 4000;

describe('false alarms of all looks together, between two sides that are equal', () => {
  const cases = Object.entries(DISTURBANCES).flatMap(([name, disturbance]) =>
    [30, 60].map((maxPairs) => ({ name, disturbance, maxPairs })),
  );
  test.each(cases)('$name, $maxPairs pairs', ({ disturbance, maxPairs }) => {
    const alarms = alarmRatio(disturbance, coins, maxPairs);
    expect(alarms).toBeLessThanOrEqual(0.06);
    // The level is used, not left lying.
    expect(alarms).toBeGreaterThan(0.025);
  });

  test('one coin for two pairs would fail here: a period of four processes', () => {
    const period = DISTURBANCES['a period of four processes'] ?? (() => () => 0);
    const abba = (random: Random) => {
      const orders = twoPairsACoin(random);
      return () => orders.next().value;
    };
    expect(alarmRatio(period, abba, 60)).toBeGreaterThan(0.08);
  });
});

function alarmRatio(
  disturbance: (random: Random) => () => number,
  coin: (random: Random) => () => boolean,
  maxPairs: number,
): number {
  const random = seededRandom(maxPairs);
  const looks = plannedLooks({ alpha: 0.05, spending: pocockSpending }, maxPairs).map(
    ({ pairs, wantedLevel }) => ({ pairs, cut: signedRankCut(pairs, wantedLevel).cut }),
  );
  let alarms = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const [next, isFirst] = [disturbance(random), coin(random)];
    const differences = Array.from({ length: maxPairs }, () => {
      const change = next() - next();
      return isFirst() ? change : -change;
    });
    if (looks.some(({ pairs, cut }) => isClaim(differences.slice(0, pairs), cut))) alarms += 1;
  }
  return alarms / RUNS;
}

function isClaim(differences: readonly number[], cut: number): boolean {
  const ranks = meanRanks(differences.map(Math.abs));
  const up = differences.reduce((sum, value, index) => sum + (value > 0 ? (ranks[index] ?? 0) : 0), 0);
  return Math.min(up, (differences.length * (differences.length + 1)) / 2 - up) <= cut;
}
