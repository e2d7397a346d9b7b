import { describe, expect, test } from 'vitest';
import { keptRun } from '../../tests/support/sample-history.ts';
import { type KeptRun, seriesOf } from './history.ts';

const seen = (runs: readonly KeptRun[], limit = 100) =>
  seriesOf(runs, { toleranceRatio: 0.02, limit }).map(({ points }) =>
    points.map(({ wallMs }) => wallMs.point),
  );
const { environment } = keptRun(1, 100);

describe('what is one line', () => {
  test('goes by time, in whatever order the files were read', () =>
    expect(seen([keptRun(3, 103), keptRun(1, 101), keptRun(2, 102)])).toEqual([[101, 102, 103]]));

  test.each([
    { what: 'processor', other: { environment: { ...environment, cpu: 'Another' } } },
    { what: 'number of cores', other: { environment: { ...environment, cores: 64 } } },
    { what: 'platform', other: { environment: { ...environment, platform: 'darwin arm64' } } },
    { what: 'memory', other: { environment: { ...environment, memoryBytes: 2 ** 33 } } },
    { what: 'major version of Node', other: { environment: { ...environment, node: '26.0.0' } } },
    { what: 'input', other: { input: { users: 2000 } } },
    { what: 'mode', other: { mode: 'steady' as const } },
    { what: 'implementation', other: { implementation: 'old' } },
  ])('another $what is another', ({ other }) => {
    const runs = [keptRun(1, 100), keptRun(2, 200, other), keptRun(3, 101)];
    expect(seen(runs).toSorted()).toEqual([[100, 101], [200]]);
  });

  test.each([
    { what: 'a minor version of Node', same: { environment: { ...environment, node: '24.9.1' } } },
    {
      what: 'another kernel’s few MiB',
      same: { environment: { ...environment, memoryBytes: 2 ** 30 - 5e6 } },
    },
    { what: 'a bench', same: { kind: 'bench' as const } },
    { what: 'another commit', same: { environment: { ...environment, gitCommit: null } } },
  ])('$what is not', ({ same }) =>
    expect(seen([keptRun(1, 100), keptRun(2, 200, same)])).toEqual([[100, 200]]),
  );

  test('the order of an input’s keys is none of it', () => {
    const [a, b] = [
      { x: { p: 1, q: 2 }, y: [1, 2] },
      { y: [1, 2], x: { q: 2, p: 1 } },
    ];
    expect(seen([keptRun(1, 100, { input: a }), keptRun(2, 101, { input: b })])).toEqual([[100, 101]]);
    const c = { x: { p: 1, q: 2 }, y: [2, 1] };
    expect(seen([keptRun(1, 100, { input: a }), keptRun(2, 101, { input: c })])).toHaveLength(2);
  });
});

describe('a change', () => {
  /** Four runs, so that two sets of them give 97.1 %; apart by a thousandth each. */
  const four = (ms: number) => ({ timesMs: [ms, ms * 1.001, ms * 1.002, ms * 1.003] });
  const three = (ms: number) => ({ timesMs: [ms, ms * 1.001, ms * 1.002] });
  test.each([
    { what: '16 % slower', before: four(100), after: four(116), change: 'slower' },
    { what: '14 % slower', before: four(100), after: four(114), change: null },
    { what: '16 % faster', before: four(100), after: four(84), change: 'faster' },
    { what: '14 % faster', before: four(100), after: four(86), change: null },
    { what: 'twice as slow, at 90 %', before: three(100), after: three(200), change: null },
    { what: 'twice as slow, of one run', before: { timesMs: [100] }, after: four(200), change: null },
  ])('$what is $change', ({ before, after, change }) => {
    const [series] = seriesOf([keptRun(1, 0, before), keptRun(2, 0, after)], {
      toleranceRatio: 0.02,
      limit: 9,
    });
    expect(series?.points.map((point) => point.change)).toEqual([null, change]);
    const kind = change ?? 'inconclusive';
    expect(series?.points.map((point) => point.verdict?.kind)).toEqual([undefined, kind]);
  });

  test('is beyond the margin of its own machine', () => {
    const runs = [keptRun(1, 0, four(100)), keptRun(2, 0, four(108))];
    const question = { toleranceRatio: 0.02, limit: 9, sessionMarginOf: () => 0.05 };
    expect(seriesOf(runs, question)[0]).toMatchObject({ marginRatio: 0.05 });
    expect(seriesOf(runs, question)[0]?.points[1]?.change).toBe('slower');
  });

  test('is never between two machines', () => {
    const other = { environment: { ...environment, cpu: 'Another' } };
    const series = seriesOf([keptRun(1, 100), keptRun(2, 300, other)], { toleranceRatio: 0.02, limit: 9 });
    expect(series.flatMap(({ points }) => points.map(({ change }) => change))).toEqual([null, null]);
  });
});

test('runs that a bench and a profile both have are shown once, as the bench', () => {
  const timesMs = [100, 102, 101];
  const bench = keptRun(1, 101, { kind: 'bench', timesMs, file: 'bench.json' });
  const profile = keptRun(2, 101, { timesMs: timesMs.toSorted(), file: 'profile.json' });
  const another = keptRun(3, 101, { timesMs: [100, 102, 101.5], file: 'another.json' });
  const [series] = seriesOf([profile, bench, another], { toleranceRatio: 0.02, limit: 9 });
  expect(series?.points.map(({ file }) => file)).toEqual(['bench.json', 'another.json']);
});

test('of 200 runs the newest are kept; the first of them is still held against the one before', () => {
  const runs = Array.from({ length: 200 }, (_, day) => keptRun(day + 1, day < 190 ? 100 : 200));
  const [series] = seriesOf(runs, { toleranceRatio: 0.02, limit: 10 });
  expect(series).toMatchObject({ earlier: 190, points: { length: 10 } });
  expect(series?.points.map(({ change }) => change)).toEqual(['slower', ...Array(9).fill(null)]);
});
