import { describe, expect, test } from 'vitest';
import { sampleBench, sampleHeader, sampleResult } from '../../tests/support/sample-bench.ts';
import { samplePair } from '../../tests/support/sample-report.ts';
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

  test.each([
    { what: 'no pairs', wrong: { ...stored(cold), pairs: [] } },
    { what: 'a time of 0', wrong: { ...stored(cold), pairs: [{ ...result.pairs[0], beforeMs: 0 }] } },
    { what: 'an unknown verdict', wrong: { ...stored(cold), verdict: { kind: 'great' } } },
    { what: 'another kind', wrong: { ...stored(cold), kind: 'profile' } },
    { what: 'nothing', wrong: null },
  ])('of $what is refused', ({ wrong }) => {
    expect(() => parseBenchReport(wrong, 'b.json')).toThrow(/^b\.json is not an outpace bench: /);
  });
});
