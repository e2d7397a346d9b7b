import { describe, expect, test } from 'vitest';
import { sampleBench, sampleHeader, sampleResult } from '../../tests/support/sample-bench.ts';
import { samplePair } from '../../tests/support/sample-report.ts';
import type { Estimate } from '../stats/estimate.ts';
import type { BenchReport } from './bench-report.ts';
import { parseBenchReport } from './bench-report-schema.ts';
import { benchFits, pairedResult } from './paired-result.ts';

const { before, after } = samplePair();
const profiled = { before: before.report, after: after.report };
const cold = sampleBench(before.report);
const header = sampleHeader(before.report);
const result = sampleResult();
const both: BenchReport = {
  ...header,
  after: 'new',
  mode: 'both',
  modes: { cold: result, steady: { ...result, pairs: [] } },
  warnings: ['of both'],
};
const several: BenchReport = {
  ...header,
  mode: 'cold',
  comparisons: [
    { after: 'other', ...result },
    { after: 'new', ...result },
  ],
  warnings: ['of all'],
};

describe('the pairs of a side', () => {
  test.each([
    { what: 'one mode', bench: cold, after: 'new', pairs: 8 },
    { what: 'its cold runs, of both modes', bench: both, after: 'new', pairs: 8 },
    { what: 'one of several', bench: several, after: 'new', pairs: 8 },
    { what: 'a side that was not measured', bench: cold, after: 'newer', pairs: undefined },
    { what: 'one that is not among several', bench: several, after: 'newer', pairs: undefined },
  ])('$what', ({ bench, after: side, pairs }) => {
    expect(pairedResult(bench, side)?.pairs.length).toBe(pairs);
  });

  test('keep the warnings of the whole', () => {
    expect(pairedResult(several, 'new')?.warnings).toContain('of all');
    expect(pairedResult(both, 'new')?.warnings).toContain('of both');
  });
});

test('a gain has the confidence that holds over all looks, and the verdict of the wall time', () => {
  const { wall, memory } = result.metrics;
  const look = { ...wall.gainRatio, confidenceLevel: 0.985 } as Estimate;
  const byMemory: BenchReport = {
    ...cold,
    ...{ metric: 'memory', gainRatio: look, verdict: { kind: 'slower' } },
    metrics: { ...result.metrics, memory: { ...memory, verdict: { kind: 'slower' } } },
  } as BenchReport;
  const paired = pairedResult(byMemory, 'new');
  expect(paired?.gainRatio).toEqual({ ...look, confidenceLevel: 0.95 });
  expect(paired?.verdict).toEqual({ kind: 'faster' });
  const few = { ...byMemory, gainRatio: { ...look, confidenceLevel: 0.75 } } as BenchReport;
  expect(pairedResult(few, 'new')?.gainRatio.confidenceLevel).toBe(0.75);
});

describe('a bench fits', () => {
  test.each([cold, both, several])('what was profiled', (bench) => {
    expect(benchFits(bench, profiled)).toBe(true);
  });

  test.each([
    { what: 'another job', changed: { job: 'other' } },
    { what: 'another input', changed: { input: { users: 1 } } },
    { what: 'another side', changed: { before: 'new' } },
    { what: 'the steady state', changed: { mode: 'steady' } },
    { what: 'another commit', changed: { environment: { ...cold.environment, gitCommit: 'abc' } } },
    { what: 'another Node', changed: { environment: { ...cold.environment, node: '22.0.0' } } },
  ])('$what does not', ({ changed }) => {
    expect(benchFits({ ...cold, ...changed } as BenchReport, profiled)).toBe(false);
  });
});

describe('a stored bench', () => {
  const stored = (bench: unknown) => JSON.parse(JSON.stringify(bench));

  test.each([cold, several])('is read as it was written', (bench) => {
    expect(parseBenchReport(stored(bench), 'b.json')).toEqual(stored(bench));
  });

  /** As it was stored before there were verdicts on each metric. */
  const older = (bench: unknown) => {
    const { metric: _, confidenceLevel: __, metrics: ___, meanGainRatio: ____, ...rest } = stored(bench);
    return rest;
  };

  test('of before there were metrics has them from its pairs; the rest stays as it was stored', () => {
    expect(parseBenchReport(older(cold), 'b.json')).toEqual(stored(cold));
    const several2 = stored(several);
    const comparisons = several2.comparisons.map(older);
    expect(parseBenchReport({ ...older(several2), comparisons }, 'b.json')).toEqual(several2);
    const modes = { cold: stored(result), steady: stored(result) };
    const oldModes = { cold: older(result), steady: older(result) };
    expect(parseBenchReport({ ...older(both), modes: oldModes }, 'b.json')).toEqual({
      ...stored(both),
      modes,
    });
  });

  test('of before there were metrics claims nothing of CPU time from too few pairs for its look', () => {
    const early = { ...older(cold), verdict: { kind: 'inconclusive', remedy: 'more' }, pairsToSettle: 3 };
    const read = parseBenchReport(early, 'b.json');
    if (!('metrics' in read)) throw new Error('a bench of two sides');
    expect(read.metrics.cpu.verdict.kind).toBe('inconclusive');
    expect(read.metrics.wall).toMatchObject({ verdict: early.verdict, pairsToSettle: 3 });
  });

  test.each([
    { what: 'no pairs', wrong: { ...stored(cold), pairs: [] } },
    { what: 'a time of 0', wrong: { ...stored(cold), pairs: [{ ...result.pairs[0], beforeMs: 0 }] } },
    { what: 'an unknown verdict', wrong: { ...stored(cold), verdict: { kind: 'great' } } },
    { what: 'an unknown metric', wrong: { ...stored(cold), metric: 'joy' } },
    { what: 'another kind', wrong: { ...stored(cold), kind: 'profile' } },
    { what: 'nothing', wrong: null },
  ])('of $what is refused', ({ wrong }) => {
    expect(() => parseBenchReport(wrong, 'b.json')).toThrow(/^b\.json is not an outpace bench: /);
  });
});
