import { expect, test } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import { rankSumUpperPValue, separationPValue } from './rank-sum-ties.ts';

test.each([
  // 1 of C(12, 6) arrangements.
  { what: 'apart', before: [1, 2, 3, 4, 5, 6], after: [7, 8, 9, 10, 11, 12], p: 1 / 924 },
  { what: 'one exchanged', before: [1, 2, 3, 4, 5, 7], after: [6, 8, 9, 10, 11, 12], p: 2 / 924 },
  {
    what: 'apart, and all the same within',
    before: [3, 3, 3, 3, 3, 3],
    after: [4, 4, 4, 4, 4, 4],
    p: 1 / 924,
  },
  // Fisher's exact test: C(6, 3) / C(12, 3).
  { what: 'three of six larger', before: [3, 3, 3, 3, 3, 3], after: [3, 3, 3, 4, 4, 4], p: 20 / 220 },
  { what: 'no difference', before: [5, 5], after: [5, 5], p: 1 },
  { what: 'the other way round', before: [7, 8], after: [1, 2], p: 1 },
  // Of 3 and 3: sums 15, 14 of C(6, 3) = 20.
  { what: 'the second largest rank sum', before: [1, 2, 4], after: [3, 5, 6], p: 2 / 20 },
  { what: 'nothing before', before: [], after: [1], p: 1 },
])('$what: p = $p', ({ before, after, p }) =>
  expect(rankSumUpperPValue({ before, after })).toBeCloseTo(p, 12),
);

test('samples that are apart', () => {
  expect(separationPValue(6, 6)).toBeCloseTo(1 / 924, 12);
  expect(separationPValue(6, 12)).toBeCloseTo(1 / 18_564, 12);
  expect(separationPValue(2, 12)).toBeCloseTo(1 / 91, 12);
});

test.each(['normal', 'coin'] as const)('its level holds: %s', (law) => {
  const random = seededRandom(7);
  const draw = () => (law === 'coin' ? Math.floor(2 * random()) : normalFrom(random));
  const six = () => Array.from({ length: 6 }, draw);
  const levels = [0.05, 0.01];
  const rejected = levels.map(() => 0);
  for (let run = 0; run < 4000; run += 1) {
    const p = rankSumUpperPValue({ before: six(), after: six() });
    for (const [index, level] of levels.entries())
      rejected[index] = (rejected[index] ?? 0) + Number(p <= level);
  }
  for (const [index, level] of levels.entries()) {
    // Three standard errors.
    expect((rejected[index] ?? 0) / 4000).toBeLessThan(level + 3 * Math.sqrt((level * (1 - level)) / 4000));
  }
});
