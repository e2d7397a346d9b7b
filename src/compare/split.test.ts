import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../tests/support/sample-report.ts';
import type { BenchPair } from './bench-report.ts';
import { splitOf } from './split.ts';
import { gainOf } from './verdict.ts';

const pair = (before: [number, number], after: [number, number]): BenchPair => ({
  beforeMs: before[0],
  beforeCpuMs: before[1],
  afterMs: after[0],
  afterCpuMs: after[1],
  first: 'before',
  beforePeakRssBytes: 1,
  afterPeakRssBytes: 1,
});

function splitOfPairs(pairs: readonly BenchPair[], gain: number) {
  const [first] = pairs;
  const estimate = (point: number) => ({ point, low: point, high: point, confidenceLevel: 0.95 });
  const report = sampleReport();
  const before = { ...report, timing: { ...report.timing, wallMs: estimate(first?.beforeMs ?? 0) } };
  return splitOf({ before, after: report, gainRatio: estimate(gain), pairs });
}

describe('the parts of a gain', () => {
  test('the same work on two cores instead of one is all cores', () => {
    const split = splitOfPairs(Array(8).fill(pair([100, 100], [50, 100])), 0.5);
    expect(split?.lessWork.savedMs.point).toBeCloseTo(0, 9);
    expect(split?.moreCores.savedMs.point).toBeCloseTo(50, 9);
  });

  test('half the work on one core is all less work', () => {
    const split = splitOfPairs(Array(8).fill(pair([100, 100], [50, 50])), 0.5);
    expect(split?.lessWork.savedMs.point).toBeCloseTo(50, 9);
    expect(split?.moreCores.savedMs.point).toBeCloseTo(0, 9);
  });

  test('half the work on two cores is half and half, by the logarithmic mean', () => {
    // T 100 → 25, C 100 → 50, P 1 → 2: ln 4 = ln 2 + ln 2, and 75 ms are 37.5 + 37.5.
    const split = splitOfPairs(Array(8).fill(pair([100, 100], [25, 50])), 0.75);
    expect(split?.lessWork.savedMs.point).toBeCloseTo(37.5, 9);
    expect(split?.moreCores.savedMs.point).toBeCloseTo(37.5, 9);
  });

  test('more work, yet faster by cores', () => {
    const split = splitOfPairs(Array(8).fill(pair([100, 100], [80, 160])), 0.2);
    expect(split?.lessWork.savedMs.point).toBeLessThan(0);
    expect(split?.moreCores.savedMs.point).toBeGreaterThan(20);
  });

  test('they sum to what was saved, whatever was measured', () => {
    const time = fc.double({ min: 1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(time, time, time, time), { minLength: 1, maxLength: 12 }), (rows) => {
        const pairs = rows.map(([a, b, c, d]) => pair([a, b], [c, d]));
        const logs = pairs.map(({ beforeMs, afterMs }) => Math.log(afterMs / beforeMs));
        const { point } = gainOf({ point: logs[0] ?? 0, low: 0, high: 0, confidenceLevel: 0 });
        const split = splitOfPairs(pairs, point);
        const [work, cores] = [split?.lessWork.savedMs.point ?? 0, split?.moreCores.savedMs.point ?? 0];
        expect(Math.abs(work + cores - (split?.savedMs ?? Number.NaN))).toBeLessThan(
          1e-6 * Math.max(1, Math.abs(work), Math.abs(cores)),
        );
      }),
    );
  });

  test('without CPU time there is no split', () => {
    expect(splitOfPairs([pair([100, 0], [50, 50])], 0.5)).toBeNull();
    const report = sampleReport();
    const odd = { ...report, timing: { ...report.timing, cpuRunsMs: [1] } };
    expect(
      splitOf({
        before: report,
        after: odd,
        gainRatio: { point: 0, low: 0, high: 0, confidenceLevel: 0 },
        pairs: null,
      }),
    ).toBeNull();
  });
});
