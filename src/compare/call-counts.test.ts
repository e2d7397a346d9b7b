import { describe, expect, test } from 'vitest';
import {
  type CountedFunction,
  callGrowth,
  grownFunctions,
  increasedFunctions,
  isNew,
  rangeOf,
  rangesOf,
  withMoreRuns,
} from './call-counts.ts';

const f = (name: string, ...calls: number[]): CountedFunction => ({ name, file: 'a.ts', line: 1, calls });
const exact = (calls: number) => ({ low: calls, high: calls });

test('the range of several functions is that of their sum in each run', () => {
  expect(rangeOf([f('a', 10, 12), f('b', 5, 1)])).toEqual({ low: 13, high: 15 });
  expect(rangeOf([])).toEqual({ low: 0, high: 0 });
});

describe('a growth', () => {
  test.each([
    {
      why: 'one call more where counts are exact',
      before: exact(1000),
      after: exact(1001),
      limit: 0,
      exceeds: true,
    },
    { why: 'as many', before: exact(1000), after: exact(1000), limit: 0, exceeds: false },
    { why: 'fewer', before: exact(1000), after: exact(10), limit: 0, exceeds: false },
    { why: 'at the limit', before: exact(1000), after: exact(1100), limit: 0.1, exceeds: false },
    { why: 'beyond the limit', before: exact(1000), after: exact(1101), limit: 0.1, exceeds: true },
    { why: 'never called before', before: exact(0), after: exact(1), limit: 0.5, exceeds: true },
    {
      why: 'ranges apart, but by less than they are wide',
      before: { low: 780, high: 790 },
      after: { low: 795, high: 798 },
      limit: 0,
      exceeds: false,
    },
    {
      why: 'ranges apart by more than they are wide',
      before: { low: 780, high: 790 },
      after: { low: 1570, high: 1580 },
      limit: 0,
      exceeds: true,
    },
  ])('$why: $exceeds', ({ before, after, limit, exceeds }) =>
    expect(callGrowth({ before, after }, limit).exceeds).toBe(exceeds),
  );

  test('is a ratio whose bounds are those of the ranges, and none of nothing', () => {
    expect(
      callGrowth({ before: { low: 90, high: 110 }, after: { low: 180, high: 220 } }, 0).growthRatio,
    ).toEqual({
      point: 1,
      low: 180 / 110 - 1,
      high: 220 / 90 - 1,
      confidenceLevel: 1,
    });
    expect(callGrowth({ before: exact(0), after: exact(4) }, 0).growthRatio).toBeNull();
  });
});

test('functions that grew, the most calls first; new ones are not among them', () => {
  const before = rangesOf([f('same', 5, 5), f('more', 10, 10), f('most', 10, 10)]);
  const after = [f('same', 5, 5), f('more', 11, 11), f('most', 100, 100), f('new', 7, 7)];
  expect(grownFunctions(before, after, 0).map(({ name }) => name)).toEqual(['most', 'more']);
});

test('functions that are called more often at all, new ones among them', () => {
  const before = rangesOf([f('same', 5, 5), f('more', 10, 10), f('varies', 8, 12), f('fewer', 9, 9)]);
  const after = [f('same', 5, 5), f('more', 11, 11), f('new', 7, 7), f('varies', 9, 13), f('fewer', 1, 1)];
  const increased = increasedFunctions(before, after);
  expect(increased.map((row) => [row.name, isNew(row)])).toEqual([
    ['new', true],
    ['more', false],
  ]);
});

test('more runs stand beside the first; a function that a run did not see counts 0 in it', () => {
  expect(withMoreRuns([f('a', 1, 1), f('gone', 2, 2)], [f('a', 1), f('late', 3)])).toEqual([
    f('a', 1, 1, 1),
    f('gone', 2, 2, 0),
    f('late', 0, 0, 3),
  ]);
});
