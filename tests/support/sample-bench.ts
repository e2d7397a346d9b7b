import type { BenchHeader, BenchReport } from '../../src/compare/bench-report.ts';
import { benchResult } from '../../src/compare/bench-result.ts';
import type { ProfileReport } from '../../src/compare/profile-report.ts';
import { benchPairs } from './bench-pairs.ts';

/** What eight pairs say, the later side taking half the time. */
export function sampleResult() {
  const pairs = benchPairs(
    [100, 102, 98, 101, 99, 103, 97, 100].map((ms) => ({ before: ms, after: ms / 2 })),
  );
  return benchResult(pairs, { wantedLevel: 0.95, toleranceRatio: 0.02, seed: 1, pairMs: 200 });
}

/** What stands in every bench of what was profiled, of `old` against others. */
export function sampleHeader({ job, input, environment }: ProfileReport): BenchHeader {
  return {
    ...{ schemaVersion: 1, kind: 'bench', job, input, environment, startedAt: '2026-01-02T03:04:06.000Z' },
    ...{ metric: 'wall', confidenceLevel: 0.95 },
    ...{ seed: 1, toleranceRatio: 0.02, before: 'old', outputsEqual: true, stoppedBy: 'settled' },
    elapsedMs: 1600,
  };
}

/** A bench of `old` against `new`. */
export function sampleBench(report: ProfileReport): BenchReport {
  return { ...sampleHeader(report), after: 'new', mode: 'cold', ...sampleResult() };
}
