import type { BenchPair } from '../../src/compare/bench-report.ts';

/** Pairs of the given times, ms, the sides taking turns to be first; CPU time is twice the time, memory 1 MiB a ms. */
export function benchPairs(
  times: readonly { readonly before: number; readonly after: number }[],
): BenchPair[] {
  return times.map(({ before, after }, index) => ({
    beforeMs: before,
    afterMs: after,
    first: index % 2 === 0 ? 'before' : 'after',
    beforeCpuMs: 2 * before,
    afterCpuMs: 2 * after,
    beforePeakRssBytes: before * 2 ** 20,
    afterPeakRssBytes: after * 2 ** 20,
  }));
}
