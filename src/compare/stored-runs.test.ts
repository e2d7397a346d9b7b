import { describe, expect, test } from 'vitest';
import { benchPairs } from '../../tests/support/bench-pairs.ts';
import { sampleReport } from '../../tests/support/sample-report.ts';
import { benchResult } from './bench-result.ts';
import { parseStoredRuns } from './stored-runs.ts';

const result = (before: number, after: number) =>
  benchResult(
    benchPairs(Array.from({ length: 8 }, (_, index) => ({ before: before + index, after: after + index }))),
    {
      ...{ wantedLevel: 0.95, toleranceRatio: 0.02, seed: 1, pairMs: 300 },
    },
  );
const { environment, startedAt } = sampleReport();
const header = {
  schemaVersion: 1,
  kind: 'bench',
  job: 'j',
  startedAt,
  environment,
  input: { n: 1 },
  before: 'old',
};
const REPORTS = {
  profile: sampleReport({ job: 'j' }),
  bench: { ...header, after: 'new', mode: 'cold', ...result(100, 50) },
  both: {
    ...header,
    ...{ after: 'new', mode: 'both', modes: { cold: result(100, 50), steady: result(80, 40) } },
  },
  several: {
    ...header,
    mode: 'steady',
    comparisons: [
      { after: 'new', ...result(100, 50) },
      { after: 'newer', ...result(100, 25) },
    ],
  },
};
// As it is read from a file.
const runsOf = (report: object) => parseStoredRuns(JSON.parse(JSON.stringify(report)), 'r.json');

test.each([
  { kind: 'profile' as const, expected: ['old cold 1150 of 4'] },
  { kind: 'bench' as const, expected: ['old cold 103.5 of 8', 'new cold 53.5 of 8'] },
  {
    kind: 'both' as const,
    expected: ['old cold 103.5 of 8', 'new cold 53.5 of 8', 'old steady 83.5 of 8', 'new steady 43.5 of 8'],
  },
  {
    kind: 'several' as const,
    expected: ['old steady 103.5 of 8', 'new steady 53.5 of 8', 'newer steady 28.5 of 8'],
  },
])('a $kind', ({ kind, expected }) => {
  const { job, runs } = runsOf(REPORTS[kind]);
  expect(job).toBe('j');
  expect(
    runs.map(
      ({ implementation, mode, wallMs, timesMs }) =>
        `${implementation} ${mode} ${wallMs.point} of ${timesMs.length}`,
    ),
  ).toEqual(expected);
  expect(runs[0]).toMatchObject({ startedAt, environment });
});

describe('what is none is told, with the field that is wrong', () => {
  test.each([
    { what: 'null', report: null, says: 'the whole' },
    { what: 'a list', report: [], says: 'schemaVersion' },
    { what: 'another version', report: { ...REPORTS.profile, schemaVersion: 2 }, says: 'schemaVersion' },
    { what: 'another kind', report: { ...REPORTS.profile, kind: 'noise' }, says: 'kind' },
    { what: 'no runs', report: { ...REPORTS.profile, timing: { runsMs: [] } }, says: 'timing.runsMs' },
    { what: 'no pairs', report: { ...REPORTS.bench, pairs: [] }, says: 'pairs' },
    { what: 'no time', report: { ...REPORTS.bench, wallMs: { before: 1 } }, says: 'wallMs.before' },
    { what: 'no comparison', report: { ...REPORTS.several, comparisons: [] }, says: 'comparisons' },
    {
      what: 'one mode of two',
      report: { ...REPORTS.both, modes: { cold: result(1, 2) } },
      says: 'modes.steady',
    },
    {
      what: 'no such day',
      report: { ...REPORTS.bench, startedAt: '2026-02-99T00:00:00Z' },
      says: 'startedAt',
    },
  ])('$what', ({ report, says }) =>
    expect(() => parseStoredRuns(report, 'r.json')).toThrowError(
      expect.objectContaining({
        code: 'MALFORMED_REPORT',
        message: expect.stringMatching(`^r\\.json is no profile or bench of outpace: ${says}`),
      }),
    ),
  );
});
