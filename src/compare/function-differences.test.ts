import { describe, expect, test } from 'vitest';
import { reportFunction } from '../../tests/support/sample-report.ts';
import { functionDifferences } from './function-differences.ts';
import type { ReportFunction } from './profile-report.ts';

/** Four runs a side. */
const runs = (ms: number) => ({ selfMs: ms, selfRunsMs: [ms - 1, ms, ms, ms + 1], calls: 10 });
const only = (before: Partial<ReportFunction>, after: Partial<ReportFunction>, leastMs = 0) =>
  functionDifferences([reportFunction(before)], [reportFunction(after)], {
    ...{ leastMs, intervalMs: 0.01, marginRatio: 0 },
  })[0];

describe('what noise explains', () => {
  test('an interval that holds 0', () => expect(only(runs(100), runs(101))?.noise).toBe(true));
  test('not one that does not', () => {
    const difference = only(runs(100), runs(110));
    expect(difference).toMatchObject({ noise: false, selfDeltaMs: { point: 10, confidenceLevel: 0.95 } });
    expect(difference?.selfDeltaMs.low).toBeGreaterThan(8);
    expect(difference?.selfDeltaMs.high).toBeLessThan(12);
  });
  test('a small change of a function that did the same as often', () =>
    expect(only(runs(100), runs(110), 20)?.noise).toBe(true));
  test('but not of one that was called more often, or has another body', () => {
    expect(only(runs(100), { ...runs(110), calls: 11 }, 20)?.noise).toBe(false);
    expect(only({ ...runs(100), body: 'a' }, { ...runs(110), body: 'b' }, 20)?.noise).toBe(false);
  });
  test('one run a side shows none', () =>
    expect(only({ selfMs: 100, selfRunsMs: [100] }, { selfMs: 101, selfRunsMs: [101] }, 20)).toMatchObject({
      noise: false,
      selfDeltaMs: { low: null, high: null, confidenceLevel: 0 },
    }));
});

test('time a call', () =>
  // 50 ms over 10 calls, then 30 ms over 10.
  expect(only(runs(50), runs(30))?.selfUsPerCall).toEqual({ before: 5000, after: 3000 }));
