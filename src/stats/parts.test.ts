import { describe, expect, test } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import { partsOf } from './parts.ts';
import { hodgesLehmannShift } from './shift.ts';
import { hodgesLehmannPaired } from './signed-rank.ts';

const meanOf = (rows: readonly (readonly number[])[]) =>
  [0, 1, 2].map((part) => rows.reduce((sum, row) => sum + (row[part] ?? 0), 0) / rows.length);
const sumOf = (row: readonly number[]) => row.reduce((sum, part) => sum + part, 0);

test('worked out by hand: the mean moves by the slope times what the total lies off its own mean', () => {
  // Totals 2, 4, 6 with mean 4; the first part is 0, 1, 2: slope 1/2; the second 2, 3, 4: slope 1/2; the third none.
  const rows = [
    [0, 2, 0],
    [1, 3, 0],
    [2, 4, 0],
  ];
  const total = { point: 5, low: 3, high: 7, confidenceLevel: 0.9 };
  const parts = partsOf({ means: meanOf(rows), samples: [rows] }, total);
  expect(parts.map(({ point, low, high }) => [point, low, high])).toEqual([
    [1.5, 0.5, 2.5],
    [3.5, 2.5, 4.5],
    [0, 0, 0],
  ]);
});

test('two pairs show no spread of the parts, and still add up', () => {
  const rows = [
    [1, 2, 3],
    [2, 2, 5],
  ];
  const total = { point: 7, low: 6, high: 9, confidenceLevel: 0.5 };
  const parts = partsOf({ means: meanOf(rows), samples: [rows] }, total);
  expect(sumOf(parts.map(({ point }) => point))).toBeCloseTo(7, 12);
  expect(
    parts.every(
      ({ low, point, high, confidenceLevel }) => low === point && high === point && confidenceLevel === 0,
    ),
  ).toBe(true);
});

describe('the intervals cover as often as they say, and the parts add up', () => {
  const truth = [0.3, -0.1, 0.2];
  const drawn = (random: () => number) => {
    const shared = 0.05 * normalFrom(random);
    // A slow run now and then, which the robust total barely follows; it belongs to the third part.
    const spike = random() < 0.05 ? 0.8 * (random() < 0.5 ? -1 : 1) : 0;
    return [
      0.3 + shared,
      -0.1 - shared / 2 + 0.02 * normalFrom(random),
      0.2 + 0.04 * normalFrom(random) + spike,
    ];
  };
  test.each([
    { of: 'pairs', paired: true },
    { of: 'two samples', paired: false },
  ])('of $of', ({ paired }) => {
    const random = seededRandom(21);
    const covered = [0, 0, 0];
    const runs = 500;
    for (let run = 0; run < runs; run += 1) {
      const rows = Array.from({ length: 12 }, () => drawn(random));
      const others = Array.from({ length: 12 }, () =>
        drawn(random).map((value, part) => value - (truth[part] ?? 0)),
      );
      const total = paired
        ? hodgesLehmannPaired(rows.map(sumOf))
        : hodgesLehmannShift({ before: others.map(sumOf), after: rows.map(sumOf) });
      const means = paired
        ? meanOf(rows)
        : meanOf(rows).map((mean, part) => mean - (meanOf(others)[part] ?? 0));
      const parts = partsOf(
        { means, samples: paired ? [rows] : [rows, others.map((row) => row.map((part) => -part))] },
        total,
      );
      expect(sumOf(parts.map(({ point }) => point))).toBeCloseTo(total.point, 12);
      for (const [part, { low, high }] of parts.entries())
        if (low <= (truth[part] ?? 0) && high >= (truth[part] ?? 0)) covered[part] = (covered[part] ?? 0) + 1;
    }
    for (const count of covered) expect(count / runs).toBeGreaterThan(0.93);
  });
});
