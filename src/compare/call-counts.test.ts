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

const ranged = (...runs: number[]) => ({ low: Math.min(...runs), high: Math.max(...runs), runs });
const counted = { level: 0.025, storedRuns: null };

test('the range of several functions is that of their sum in each run', () => {
  expect(rangeOf([f('a', 10, 12), f('b', 5, 1)])).toEqual({ low: 13, high: 15, runs: [15, 13] });
  expect(rangeOf([])).toEqual({ low: 0, high: 0, runs: [] });
});

describe('a growth where every run counts the same', () => {
  test.each([
    { why: 'one call more', before: 1000, after: 1001, limit: 0, exceeds: true },
    { why: 'as many', before: 1000, after: 1000, limit: 0, exceeds: false },
    { why: 'fewer', before: 1000, after: 10, limit: 0, exceeds: false },
    { why: 'at the limit', before: 1000, after: 1100, limit: 0.1, exceeds: false },
    { why: 'beyond the limit', before: 1000, after: 1101, limit: 0.1, exceeds: true },
    { why: 'never called before', before: 0, after: 1, limit: 0.5, exceeds: true },
  ])('$why: $exceeds', ({ before, after, limit, exceeds }) =>
    expect(callGrowth({ before: exact(before), after: exact(after) }, { ...counted, limit }).exceeds).toBe(
      exceeds,
    ),
  );
});

describe('a growth where counts vary: an exact rank-sum test', () => {
  const few = [780, 785, 790, 781, 786, 791];
  test.each([
    { why: 'all runs larger: 1 in 924', after: [795, 798, 801, 796, 799, 802], limit: 0, exceeds: true },
    {
      why: 'all runs larger, by less than the limit',
      after: [795, 798, 801, 796, 799, 802],
      limit: 0.05,
      exceeds: false,
    },
    { why: 'twice as many', after: [1570, 1580, 1575, 1571, 1581, 1576], limit: 0.5, exceeds: true },
    { why: 'half of them larger', after: [795, 798, 801, 780, 785, 786], limit: 0, exceeds: false },
    { why: 'two runs, which cannot show it', after: [795, 798], limit: 0, exceeds: false },
  ])('$why: $exceeds', ({ after, limit, exceeds }) =>
    expect(
      callGrowth(
        { before: ranged(...few.slice(0, after.length)), after: ranged(...after) },
        { ...counted, limit },
      ).exceeds,
    ).toBe(exceeds),
  );

  test.each([
    // Twelve runs against six: 1 in 18,564; against two: 1 in 91.
    { storedRuns: 6, level: 0.001, after: [796, 797, 798, 799, 800, 801], exceeds: true, isOpen: false },
    { storedRuns: 2, level: 0.001, after: [796, 797, 798, 799, 800, 801], exceeds: false, isOpen: true },
    { storedRuns: 6, level: 0.001, after: [790, 797, 798, 799, 800, 801], exceeds: false, isOpen: false },
  ])('against a range of $storedRuns stored runs: $exceeds', ({ storedRuns, level, after, ...found }) =>
    expect(
      callGrowth(
        { before: { low: 780, high: 795 }, after: ranged(...after) },
        { limit: 0, level, storedRuns },
      ),
    ).toMatchObject(found),
  );

  test('is a ratio whose bounds are those of the ranges, and none of nothing', () => {
    const growth = callGrowth({ before: ranged(90, 110), after: ranged(180, 220) }, { ...counted, limit: 0 });
    const bounds = { low: 180 / 110 - 1, high: 220 / 90 - 1, confidenceLevel: 1 };
    expect(growth.growthRatio).toEqual({ point: 1, ...bounds });
    const fromNothing = { before: exact(0), after: exact(4) };
    expect(callGrowth(fromNothing, { ...counted, limit: 0 }).growthRatio).toBeNull();
  });
});

test('functions that grew, the most calls first; new ones are not among them', () => {
  const before = rangesOf([f('same', 5, 5), f('more', 10, 10), f('most', 10, 10)]);
  const after = [f('same', 5, 5), f('more', 11, 11), f('most', 100, 100), f('new', 7, 7)];
  expect(grownFunctions(before, after, { ...counted, limit: 0 }).map(({ name }) => name)).toEqual([
    'most',
    'more',
  ]);
});

test('functions that are called more often at all, new ones among them', () => {
  const before = rangesOf([f('same', 5, 5), f('more', 10, 10), f('varies', 8, 12), f('fewer', 9, 9)]);
  const after = [f('same', 5, 5), f('more', 11, 11), f('new', 7, 7), f('varies', 9, 13), f('fewer', 1, 1)];
  const increased = increasedFunctions(before, after, counted);
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
