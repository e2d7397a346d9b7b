import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../tests/support/sample-report.ts';
import { medianEstimate } from '../stats/median.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import type { BenchPair } from './bench-report.ts';
import { splitOf } from './split.ts';
import { logarithmicMean, termLogs } from './split-terms.ts';
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

/** One run: its time, the CPU time of all threads, and that of the main thread. */
type Run = readonly [wallMs: number, cpuMs: number, mainCpuMs: number];

/** Sampling runs of a job whose threads were on a CPU for so long, of which at least one was for `busyMs`. */
function sampledAs(cpuMs: number, mainCpuMs: number, busyMs: number) {
  return [{ cpuMs, mainCpuMs, busyMs, lowBusyMs: busyMs, highBusyMs: busyMs }];
}

interface WaitingSide {
  readonly runs: readonly Run[];
  readonly workRuns: ReturnType<typeof sampledAs> | null;
}

function splitWithWaiting(old: WaitingSide, now: WaitingSide) {
  const report = sampleReport();
  const reportOf = ({ runs, workRuns }: WaitingSide) => ({
    ...report,
    timing: {
      ...report.timing,
      runsMs: runs.map(([wallMs]) => wallMs),
      wallMs: medianEstimate(runs.map(([wallMs]) => wallMs)),
      cpuRunsMs: runs.map(([, cpuMs]) => cpuMs),
      mainThreadRuns: runs.map(([, , cpuMs]) => ({ cpuMs, runQueueMs: 0 })),
    },
    sampling: { ...report.sampling, workRuns },
  });
  const [before, after] = [reportOf(old), reportOf(now)];
  const logs = ({ runs }: WaitingSide) => runs.map(([wallMs]) => Math.log(wallMs));
  const gainRatio = gainOf(hodgesLehmannShift({ before: logs(old), after: logs(now) }));
  return splitOf({ before, after, gainRatio, pairs: null });
}

const times = (run: Run, count = 4): Run[] => Array.from({ length: count }, () => run);

describe('waiting is a term of its own', () => {
  test('500 commits against one transaction: less waiting, and no more CPU time than there was', () => {
    const split = splitWithWaiting(
      { runs: times([1000, 30, 30]), workRuns: sampledAs(30, 30, 30) },
      { runs: times([20, 15, 15]), workRuns: sampledAs(15, 15, 15) },
    );
    expect(split?.lessWork.savedMs.point).toBeCloseTo(15, 9);
    expect(split?.moreCores.savedMs.point).toBeCloseTo(0, 9);
    expect(split?.lessWaiting?.savedMs.point).toBeCloseTo(965, 9);
    expect(split?.waitingRatio).toEqual({ before: 0.97, after: 0.25 });
  });

  test('the main thread that waits for two workers does not wait: that is more cores', () => {
    const split = splitWithWaiting(
      { runs: times([100, 100, 100]), workRuns: sampledAs(100, 100, 100) },
      { runs: times([50, 100, 0]), workRuns: sampledAs(100, 0, 50) },
    );
    expect(split?.lessWork.savedMs.point).toBeCloseTo(0, 9);
    expect(split?.moreCores.savedMs.point).toBeCloseTo(50, 9);
    expect(split?.lessWaiting?.savedMs.point).toBeCloseTo(0, 9);
    expect(split?.parallelism).toEqual({ before: 1, after: 2 });
  });

  test('a worker that works while the main thread waits, and nobody beside it, is no more cores', () => {
    const split = splitWithWaiting(
      { runs: times([100, 100, 100]), workRuns: sampledAs(100, 100, 100) },
      { runs: times([100, 100, 0]), workRuns: sampledAs(100, 0, 100) },
    );
    expect(split?.moreCores.savedMs.point).toBeCloseTo(0, 9);
    expect(split?.lessWaiting?.savedMs.point).toBeCloseTo(0, 9);
  });

  test('a job that only sleeps, with CPU time below what the clock shows', () => {
    const split = splitWithWaiting(
      { runs: times([500, 0, 0]), workRuns: sampledAs(0, 0, 0) },
      { runs: times([50, 0, 0]), workRuns: sampledAs(0, 0, 0) },
    );
    expect(split?.lessWaiting?.savedMs.point).toBeCloseTo(450, 6);
    expect(Math.abs(split?.lessWork.savedMs.point ?? Number.NaN)).toBeLessThan(1e-6);
  });

  test('what the looks leave open widens the intervals', () => {
    const open = [{ cpuMs: 100, mainCpuMs: 20, busyMs: 75, lowBusyMs: 50, highBusyMs: 100 }];
    const old = { runs: times([200, 100, 20]), workRuns: open };
    const now = { runs: times([100, 50, 50]), workRuns: sampledAs(50, 50, 50) };
    const { low, point, high } = splitWithWaiting(old, now)?.lessWaiting?.savedMs ?? NOTHING;
    // The old side worked for 50 to 100 ms of its 200, so that it waited for 100 to 150, the new one for 50.
    expect([low, point, high].map(Math.round)).toEqual([50, 75, 100]);
  });

  test('where the system does not say, two terms are left', () => {
    const split = splitWithWaiting(
      { runs: times([1000, 30, 30]), workRuns: null },
      { runs: times([20, 15, 15]), workRuns: sampledAs(15, 15, 15) },
    );
    expect(split?.lessWaiting).toBeNull();
    expect(split?.waitingRatio).toBeNull();
    expect((split?.lessWork.savedMs.point ?? 0) + (split?.moreCores.savedMs.point ?? 0)).toBeCloseTo(980, 9);
  });

  test('whatever was measured, the three add up, and each lies in its interval', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const run = fc
      .tuple(fc.double({ min: 0.01, max: 1e4, noNaN: true }), part, part)
      .map(([wallMs, cpu, main]): Run => [wallMs, 2 * cpu * wallMs, main * Math.min(1, 2 * cpu) * wallMs]);
    const side = fc.record({
      runs: fc.array(run, { minLength: 1, maxLength: 6 }),
      workRuns: fc.tuple(part, part, part).map(([a, b, c]) => {
        const [low = 0, busy = 0, high = 0] = [a, b, c].toSorted((x, y) => x - y);
        return [{ cpuMs: 1, mainCpuMs: low / 2, busyMs: busy, lowBusyMs: low, highBusyMs: high }];
      }),
    });
    fc.assert(
      fc.property(side, side, (old, now) => {
        const split = splitWithWaiting(old, now);
        const parts = [split?.lessWork, split?.moreCores, split?.lessWaiting].flatMap((one) => one ?? []);
        expect(parts).toHaveLength(3);
        const size = Math.max(1, ...parts.map(({ savedMs }) => Math.abs(savedMs.point)));
        const sum = parts.reduce((total, { savedMs }) => total + savedMs.point, 0);
        expect(Math.abs(sum - (split?.savedMs ?? Number.NaN))).toBeLessThan(1e-6 * size);
        for (const { savedMs, log } of parts)
          for (const { low, point, high } of [savedMs, log]) {
            expect(low).toBeLessThanOrEqual(point);
            expect(high).toBeGreaterThanOrEqual(point);
          }
      }),
    );
  });
});

test('the terms of two runs, worked out by hand', () => {
  // T 100 → 50, W 20 → 10, B 80 → 40, C 80 → 80: P 1 → 2. In ms: B's half is all more cores, 40; waiting 10.
  const before = { wallMs: 100, cpuMs: 80, waitingMs: 20 };
  const after = { wallMs: 50, cpuMs: 80, waitingMs: 10 };
  const ms = termLogs(before, after).map((log) => log * logarithmicMean(100, 50));
  expect(ms[0]).toBeCloseTo(0, 12);
  expect(ms[1]).toBeCloseTo(40, 12);
  expect(ms[2]).toBeCloseTo(10, 12);
});

const NOTHING = { low: Number.NaN, point: Number.NaN, high: Number.NaN };
