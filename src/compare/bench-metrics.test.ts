import { describe, expect, test } from 'vitest';
import { benchPairs } from '../../tests/support/bench-pairs.ts';
import { normalFrom, seededRandom } from '../base/random.ts';
import { pocockSpending } from '../stats/alpha-spending.ts';
import { plannedLooks } from '../stats/sequential.ts';
import { metricResult } from './bench-metrics.ts';
import { type BenchPair, METRIC_NAMES } from './bench-report.ts';
import { benchResult } from './bench-result.ts';

const QUESTION = { wantedLevel: 0.95, toleranceRatio: 0.02, seed: 1, pairMs: 1000 };

interface Ratios {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
  /** Of ln(after / before) of the wall time; the others hardly vary. */
  readonly wallNoise?: number;
}

/** Twelve pairs whose sides differ by these ratios. */
function pairsAt({ wall, cpu, memory, wallNoise = 0.002 }: Ratios): BenchPair[] {
  const random = seededRandom(7);
  const times = Array.from({ length: 12 }, () => ({
    before: 100,
    after: 100 * wall * Math.exp(wallNoise * normalFrom(random)),
  }));
  return benchPairs(times).map((pair) => ({
    ...pair,
    afterCpuMs: pair.beforeCpuMs * cpu * Math.exp(0.002 * normalFrom(random)),
    afterPeakRssBytes: pair.beforePeakRssBytes * memory * Math.exp(0.002 * normalFrom(random)),
  }));
}

describe('each metric has its own verdict', () => {
  test.each([
    { ratios: { wall: 0.8, cpu: 1.2, memory: 1 }, kinds: ['faster', 'slower', 'unchanged'] },
    { ratios: { wall: 1, cpu: 0.9, memory: 1.1 }, kinds: ['unchanged', 'faster', 'slower'] },
    {
      ratios: { wall: 0.95, cpu: 0.95, memory: 1, wallNoise: 0.3 },
      kinds: ['inconclusive', 'faster', 'unchanged'],
    },
  ])('$ratios: $kinds', ({ ratios, kinds }) => {
    const pairs = pairsAt(ratios);
    const { metrics } = benchResult(pairs, QUESTION);
    expect(METRIC_NAMES.map((metric) => metrics[metric].verdict.kind)).toEqual(kinds);
    for (const [index, metric] of METRIC_NAMES.entries()) {
      const { verdict, pairsToSettle } = benchResult(pairs, { ...QUESTION, metric });
      expect(verdict).toEqual(metrics[metric].verdict);
      expect(verdict.kind).toBe(kinds[index]);
      expect(pairsToSettle).toBe(metrics[metric].pairsToSettle);
    }
  });
});

test.each(METRIC_NAMES)('the fields of before are those of the metrics, whichever decides: %s', (metric) => {
  const random = seededRandom(4);
  for (const count of [1, 5, 8, 30]) {
    const times = Array.from({ length: count }, () => ({
      before: 90 + 20 * random(),
      after: 90 + 20 * random(),
    }));
    const result = benchResult(benchPairs(times), { ...QUESTION, metric });
    const { wall, cpu, memory } = result.metrics;
    expect(wall).toMatchObject({ unit: 'ms', better: 'lower', ...result.wallMs });
    expect(wall.gainRatio).toEqual(result.gainRatio);
    expect(wall.meanGainRatio).toBe(result.meanGainRatio);
    expect({ before: cpu.before, after: cpu.after }).toEqual(result.cpuMs);
    expect(cpu.gainRatio).toEqual(result.cpuGainRatio);
    expect({ before: memory.before, after: memory.after }).toEqual(result.peakRssBytes);
    expect(memory).toMatchObject({ unit: 'bytes', gainRatio: result.peakRssGainRatio });
    if (metric === 'wall') expect(wall.verdict).toEqual(result.verdict);
  }
});

test('a value of 0 is too small to be measured: no gain, no claim, no NaN', () => {
  const pairs = pairsAt({ wall: 1, cpu: 0.5, memory: 1 }).map((pair) => ({ ...pair, beforeCpuMs: 0 }));
  expect(metricResult(pairs, 'cpu', QUESTION)).toMatchObject({
    gainRatio: null,
    meanGainRatio: null,
    pairsToSettle: null,
    verdict: { kind: 'inconclusive', remedy: expect.stringContaining('a larger input') },
  });
});

/**
 * Both tests of a metric look at each planned number of pairs at the same level, so that each errs as rarely as was
 * asked, whichever of them ends the measurement.
 */
test('a metric that does not decide keeps its own level over all looks', () => {
  const looks = plannedLooks({ maxPairs: 60, alpha: 0.05, spending: pocockSpending });
  const random = seededRandom(21);
  const runs = 600;
  const alarms = { deciding: 0, other: 0 };
  for (let run = 0; run < runs; run += 1) {
    const pairs: BenchPair[] = [];
    for (const { pairs: count, wantedLevel } of looks) {
      while (pairs.length < count) pairs.push(...noisyPair(random));
      const question = { wantedLevel, toleranceRatio: 0, pairMs: 1 };
      const deciding = metricResult(pairs, 'cpu', question).verdict.kind;
      if (deciding === 'inconclusive' && count < 60) continue;
      if (deciding !== 'inconclusive') alarms.deciding += 1;
      if (metricResult(pairs, 'wall', question).verdict.kind !== 'inconclusive') alarms.other += 1;
      break;
    }
  }
  // Three standard deviations of a proportion of 0.05 of so many runs above it.
  const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs);
  expect(alarms.deciding / runs).toBeLessThan(most);
  expect(alarms.other / runs).toBeLessThan(most);
  expect(alarms.deciding).toBeGreaterThan(0);
});

/** Sides that are equal, their wall time sharing most of its noise with their CPU time. */
function noisyPair(random: () => number): BenchPair[] {
  const cpu = [0, 1].map(() => Math.exp(0.03 * normalFrom(random)));
  const [before = 1, after = 1] = cpu.map((time) => time * Math.exp(0.02 * normalFrom(random)));
  return benchPairs([{ before, after }]).map((pair) => ({
    ...pair,
    beforeCpuMs: cpu[0] ?? 1,
    afterCpuMs: cpu[1] ?? 1,
  }));
}
