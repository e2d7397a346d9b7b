import { describe, expect, test } from 'vitest';
import { mergeCounts } from './function-rows.ts';
import type { FunctionCount } from './model.ts';

const count = (known: Partial<FunctionCount>): FunctionCount => ({
  name: 'f',
  url: 'file:///a.js',
  line: 3,
  column: 1,
  endLine: 5,
  endColumn: 2,
  calls: 10,
  body: null,
  ...known,
});
const unplaced = (known: Partial<FunctionCount> = {}) =>
  count({ line: 0, column: 0, endLine: 0, endColumn: 0, ...known });

describe('calls are summed over threads', () => {
  test('of the same place', () =>
    expect(mergeCounts([[count({})], [count({ calls: 5 })]])).toEqual([count({ calls: 15 })]));

  test('of a place that one thread could not tell', () =>
    expect(mergeCounts([[unplaced({ calls: 7 })], [count({})], [count({ calls: 5 })]])).toEqual([
      count({ calls: 22 }),
    ]));

  test('but not where two places bear the name', () => {
    const merged = mergeCounts([[count({}), count({ line: 9 })], [unplaced()]]);
    expect(merged.map(({ line, calls }) => [line, calls])).toEqual([
      [3, 10],
      [9, 10],
      [0, 10],
    ]);
  });

  test('nor in another script', () =>
    expect(mergeCounts([[count({})], [unplaced({ url: 'file:///b.js' })]])).toHaveLength(2));
});
