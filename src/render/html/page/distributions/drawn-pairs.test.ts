import { expect, test } from 'vitest';
import { benchPairs } from '../../../../../tests/support/bench-pairs.ts';
import { drawnPairs } from './drawn-pairs.ts';

const pairs = (count: number) =>
  benchPairs(Array.from({ length: count }, (_, index) => ({ before: index + 1, after: 1 })));

test.each([1, 60, 500])('all of %i pairs are drawn', (count) => {
  expect(drawnPairs(pairs(count)).map(({ number }) => number)).toEqual(
    pairs(count).map((_, index) => index + 1),
  );
});

test('of 20,000, 500 that are spread over the measurement, each under its own number', () => {
  const drawn = drawnPairs(pairs(20_000));
  expect(drawn).toHaveLength(500);
  expect(drawn.slice(0, 3).map(({ number }) => number)).toEqual([1, 41, 81]);
  expect(drawn.every(({ number, beforeMs }) => beforeMs === number)).toBe(true);
});
