import { describe, expect, test } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import type { BenchPair } from './bench-report.ts';
import { startGrowth, startWarnings } from './start-time.ts';

interface Times {
  readonly importMs: readonly [number, number];
  readonly setupMs?: readonly [number, number];
  readonly runMs?: number;
  readonly pairs?: number;
  /** Standard deviation of each time's logarithm. */
  readonly noise?: number;
  readonly seed?: number;
}

function drawn({
  importMs,
  setupMs = [0, 0],
  runMs = 100,
  pairs = 20,
  noise = 0.03,
  seed = 1,
}: Times): BenchPair[] {
  const random = seededRandom(seed);
  const noisy = (ms: number) => ms * Math.exp(noise * normalFrom(random));
  return Array.from({ length: pairs }, (_, index) => ({
    ...{ beforeMs: noisy(runMs), afterMs: noisy(runMs), first: index % 2 === 0 ? 'before' : 'after' },
    ...{ beforeCpuMs: 1, afterCpuMs: 1, beforePeakRssBytes: 1, afterPeakRssBytes: 1 },
    ...{ beforeImportMs: noisy(importMs[0]), afterImportMs: noisy(importMs[1]) },
    ...{ beforeSetupMs: noisy(setupMs[0]), afterSetupMs: noisy(setupMs[1]) },
  }));
}

const QUESTION = { before: 'old', after: 'new', toleranceRatio: 0.02, isRepeated: false };

describe('a start that differs is reported where it matters', () => {
  test.each<[string, Times, number]>([
    ['40 ms more for a run of 100', { importMs: [10, 50] }, 1],
    ['40 ms less', { importMs: [50, 10] }, 1],
    ['both import and setup', { importMs: [10, 50], setupMs: [1, 30] }, 2],
    ['1 ms more for a run of 100, within the tolerance', { importMs: [10, 11] }, 0],
    ['5 ms of 1000, a small part of the import', { importMs: [1000, 1005], noise: 0.0005, runMs: 10 }, 0],
    ['the same', { importMs: [50, 50] }, 0],
    ['noise as large as the difference', { importMs: [40, 44], noise: 0.5 }, 0],
    ['five pairs, too few for 95 %', { importMs: [10, 50], pairs: 5 }, 0],
  ])('%s', (_, times, count) => expect(startWarnings(drawn(times), QUESTION)).toHaveLength(count));

  test('in ms, in %, and compared with the run', () => {
    const [warning] = startWarnings(drawn({ importMs: [10, 50], noise: 0 }), QUESTION);
    expect(warning).toBe(
      'the import takes 40 ms longer in new than in old (40 to 40 ms, 95 % confidence; 10 → 50 ms, +400 %). ' +
        "That is 40 % of a first run's 100 ms, and not part of it: --include-import counts it",
    );
  });

  test('where a side takes no time at all, without a ratio', () => {
    const [warning] = startWarnings(drawn({ importMs: [10, 10], setupMs: [0, 30], noise: 0 }), QUESTION);
    expect(warning).toContain('setup takes 30 ms longer in new than in old');
    expect(warning).toContain('; 0 → 30 ms). That');
  });

  test('what is paid once for many runs matters from 1 ms on', () => {
    const pairs = drawn({ importMs: [1, 1.5], runMs: 0.01, noise: 0.01 });
    expect(startWarnings(pairs, QUESTION)).toHaveLength(1);
    expect(startWarnings(pairs, { ...QUESTION, isRepeated: true })).toEqual([]);
  });

  test('pairs of an earlier version, which has not stored it', () => {
    const pairs = drawn({ importMs: [10, 50] }).map(({ beforeImportMs: _, ...pair }) => pair);
    expect(startWarnings(pairs, QUESTION)).toEqual([]);
    expect(startGrowth(pairs, 0.95)).toBeNull();
  });
});

test('false warnings are rarer than 5 % for a difference at the limit itself', () => {
  // 2 % of the run's 100 ms; import and setup each.
  const reported = Array.from({ length: 1000 }, (_, index) =>
    startWarnings(drawn({ importMs: [20, 22], noise: 0.05, seed: index + 1 }), QUESTION),
  );
  const share = reported.filter((warnings) => warnings.length > 0).length / reported.length;
  expect(share).toBeGreaterThan(0.005);
  expect(share).toBeLessThan(0.04);
});

test('growth is that of import and setup together', () => {
  const pairs = drawn({ importMs: [10, 15], setupMs: [10, 15], noise: 0 });
  expect(startGrowth(pairs, 0.95)).toMatchObject({
    point: expect.closeTo(0.5, 12),
    low: expect.closeTo(0.5, 12),
    high: expect.closeTo(0.5, 12),
  });
  expect(startGrowth(drawn({ importMs: [0, 15] }), 0.95)).toBeNull();
});
