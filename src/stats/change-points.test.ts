import { expect, test } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import { changePointsOf } from './change-points.ts';

test.each([
  { what: 'one level', values: [1, 1, 1, 1], penalty: 0.1, starts: [0] },
  { what: 'two levels', values: [1, 1, 5, 5, 5], penalty: 0.1, starts: [0, 2] },
  { what: 'a step that costs less than a segment', values: [1, 1, 2, 2], penalty: 2, starts: [0] },
  { what: 'a single value', values: [3], penalty: 1, starts: [0] },
])('$what', ({ values, penalty, starts }) => {
  expect(changePointsOf(values, penalty)).toEqual(starts);
});

/** The least total cost by trying every set of change points. */
function leastCost(values: readonly number[], penalty: number): number {
  const cost = (part: readonly number[]): number => {
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return part.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const best = [-penalty];
  for (let end = 1; end <= values.length; end += 1) {
    best.push(Math.min(...best.map((total, start) => total + cost(values.slice(start, end)) + penalty)));
  }
  return best.at(-1) ?? 0;
}

test('no cut is cheaper, as an exhaustive search shows', () => {
  const random = seededRandom(3);
  for (let run = 0; run < 40; run += 1) {
    const values = Array.from(
      { length: 40 },
      (_, index) => Math.floor(index / 13) * (run % 4) + normalFrom(random),
    );
    const starts = changePointsOf(values, 4);
    const parts = starts.map((start, index) => values.slice(start, starts[index + 1] ?? values.length));
    const total = parts.reduce(
      (sum, part) => {
        const mean = part.reduce((all, value) => all + value, 0) / part.length;
        return sum + part.reduce((all, value) => all + (value - mean) ** 2, 0);
      },
      4 * (parts.length - 1),
    );
    expect(total).toBeCloseTo(leastCost(values, 4), 8);
  }
});
