/**
 * CPU time of one analysis, as `bench` does it after each pair, with all earlier looks taken.
 * `npm run benchmark:analysis [analyses]`
 *
 * Noise of 5 % a process. Each analysis has one pair more than the one before; printed is the mean of the later half, when
 * the code is compiled, by the CPU time of this process, so that other load hardly matters.
 */
import { normalFrom, seededRandom } from '../src/base/random.ts';
import { US_PER_MS } from '../src/base/units.ts';
import { type BenchPlan, compareSides, standingAfter } from '../src/compare/bench-plan.ts';
import type { BenchPair } from '../src/compare/bench-report.ts';
import type { TakenLook } from '../src/stats/sequential.ts';

const analyses = Number(process.argv[2] ?? 100);
const PLAN: BenchPlan = { confidenceLevel: 0.95, spending: 'pocock', fixedPairs: null, comparisons: 1 };
const PAIR_MS = 100;
const MOST_PAIRS = 2000;

const random = seededRandom(1);
const noisyMs = (): number => 20 * Math.exp(0.05 * normalFrom(random));
const pairs = Array.from({ length: MOST_PAIRS }, (): BenchPair => {
  const [beforeMs, afterMs] = [noisyMs(), noisyMs()];
  return {
    ...{ beforeMs, afterMs, first: random() < 0.5 ? 'before' : 'after' },
    ...{ beforeCpuMs: noisyMs(), afterCpuMs: noisyMs() },
    ...{ beforePeakRssBytes: 2e6 * noisyMs(), afterPeakRssBytes: 2e6 * noisyMs() },
  };
});

/** What a measurement of at most so many pairs does after each of its pairs; ms of CPU time of the later half. */
function meanMs(maxPairs: number): number {
  const from = Math.max(1, maxPairs - analyses);
  const startAt = Math.floor((from + maxPairs) / 2);
  let taken: readonly TakenLook[] = [];
  let started = process.cpuUsage();
  for (let count = 1; count <= maxPairs; count += 1) {
    if (count === startAt) started = process.cpuUsage();
    const progress = { taken, pairs: count, elapsedMs: count * PAIR_MS, budgetMs: maxPairs * PAIR_MS };
    const { looks, isLook } = standingAfter(PLAN, { ...progress, leastPairs: 6 });
    if (isLook) taken = looks;
    if (count < from) continue;
    const question = { toleranceRatio: 0.002, seed: 1, pairMs: PAIR_MS };
    compareSides([pairs.slice(0, count)], { plan: PLAN, looks, question });
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / US_PER_MS / (maxPairs - startAt + 1);
}

meanMs(200);
for (const maxPairs of [60, 200, 1000, 2000]) {
  process.stdout.write(
    `${String(maxPairs).padStart(5)} pairs  ${meanMs(maxPairs).toFixed(2)} ms of CPU time an analysis\n`,
  );
}
