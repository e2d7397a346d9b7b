import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { outliersOf } from './outliers.ts';

// The median of 1 to 7 is 4, their deviations' is 2; the limit of 7 values is ln 700 ÷ 1.6288 × (1 + 8/7) = 8.6186 robust
// deviations of 1.4826 × 2, which is 25.556 from 4.
test.each([
  { values: [1, 2, 3, 4, 5, 6, 7], far: [] },
  { values: [1, 2, 3, 4, 5, 6, 29.55], far: [] },
  { values: [1, 2, 3, 4, 5, 6, 29.57], far: [6] },
  { values: [-21.57, 2, 3, 4, 5, 6, 29.57], far: [0, 6] },
  { values: [1, 1, 1, 1, 9], far: [] },
  { values: [], far: [] },
])('$values', ({ values, far }) => expect(outliersOf(values)).toEqual(far));

describe('samples without an outlier', () => {
  const logistic = (random: Random) => {
    const share = random();
    return Math.log((share + 2 ** -33) / (1 - share));
  };
  const SHAPES = { normal: normalFrom, logistic };
  const cases = [8, 9, 10, 15, 30, 60, 100, 300, 1000].flatMap((count) =>
    Object.entries(SHAPES).map(([shape, draw]) => ({ count, shape, draw })),
  );
  test.each(cases)('$count $shape numbers: a warning in at most 2 %', ({ count, draw }) => {
    const random = seededRandom(count);
    const runs = Math.min(5000, 300_000 / count);
    let warned = 0;
    for (let run = 0; run < runs; run += 1)
      if (outliersOf(Array.from({ length: count }, () => draw(random))).length > 0) warned += 1;
    // Three standard deviations of a proportion of 2 %.
    expect(warned / runs).toBeLessThan(0.02 + 3 * Math.sqrt((0.02 * 0.98) / runs));
  });
});

test.each([8, 30, 1000])('one in %i that is 15 deviations off is found', (count) => {
  const random = seededRandom(1);
  let found = 0;
  for (let run = 0; run < 100; run += 1) {
    const values = Array.from({ length: count }, () => normalFrom(random));
    if (outliersOf([...values, 15]).includes(count)) found += 1;
  }
  expect(found).toBeGreaterThan(85);
});
