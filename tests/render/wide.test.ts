/** Tables keep their columns apart whatever they hold. */
import { expect, test } from 'vitest';
import { compareProfiles } from '../../src/compare/comparison.ts';
import { benchText } from '../../src/render/bench-text.ts';
import { comparisonText, explanationText } from '../../src/render/comparison-text.ts';
import { profileText } from '../../src/render/profile-text.ts';
import { sampleBench } from '../support/sample-bench.ts';
import { samplePair, sampleReport } from '../support/sample-report.ts';

const LONG = 'an-implementation-with-a-name-that-is-longer-than-any-column';
const HUGE_MS = 1e15;
const huge = (point: number) => ({ point, low: -point, high: point, confidenceLevel: 0.95 });

/** The cells of the lines that begin with one of these words. */
function cellsOf(text: string, words: readonly string[]): string[][] {
  return text
    .split('\n')
    .filter((line) => words.some((word) => line.trim().startsWith(word)))
    .map((line) => line.trim().split(/ {2,}/));
}

test('bench', () => {
  const bench = sampleBench(sampleReport());
  if (!('wallMs' in bench)) throw new Error('a bench of two sides');
  const text = benchText({
    ...bench,
    before: LONG,
    after: LONG,
    metrics: {
      ...bench.metrics,
      wall: {
        ...bench.metrics.wall,
        gainRatio: huge(-123456.789),
        before: huge(HUGE_MS),
        after: huge(HUGE_MS),
      },
    },
  });
  expect(cellsOf(text, ['* wall time'])).toEqual([
    [
      '* wall time',
      '1000000000000.000 s',
      '1000000000000.000 s',
      '-12345678.9 % (12345678.9 to -12345678.9)',
      'faster',
    ],
  ]);
  expect(cellsOf(text, [LONG])[0]).toEqual([LONG, LONG, 'gain']);
});

test('comparison', () => {
  const { before, after } = samplePair();
  const comparison = compareProfiles(before, after, { toleranceRatio: 0.02, paired: null });
  const [first, ...others] = comparison.functions;
  if (first === undefined) throw new Error('a function');
  const wide = {
    ...comparison,
    before: { ...comparison.before, implementation: LONG, wallMs: huge(HUGE_MS) },
    after: { ...comparison.after, implementation: LONG, wallMs: huge(HUGE_MS), totalCalls: HUGE_MS },
    functions: [
      {
        ...first,
        name: '',
        noise: false,
        selfDeltaMs: huge(-HUGE_MS),
        calls: { before: HUGE_MS, after: HUGE_MS },
      },
      ...others,
    ],
    packages: comparison.packages.map((one) => ({
      ...one,
      beforeMs: HUGE_MS,
      afterMs: HUGE_MS,
      beforeShare: 12,
    })),
  };
  for (const text of [comparisonText(wide), explanationText(wide)]) {
    for (const row of cellsOf(text, ['time (median)', 'threads', 'function calls', LONG]))
      expect(row.length).toBeGreaterThan(1);
    expect(cellsOf(text, ['function calls'])[0]?.[2]).toBe('1,000,000,000,000,000');
    expect(text).toMatch(
      /\(\(anonymous\)\) {2,}-1000000000000000\.0 ms {2,}1,000,000,000,000,000 {2,}1,000,000,000,000,000\n/,
    );
  }
  expect(explanationText(wide)).toMatch(/ {2}1000000000000000\.0 ms 1200 % {2,}1000000000000000\.0 ms/);
});

test('profile', () => {
  const report = sampleReport();
  const [first] = report.functions;
  if (first === undefined) throw new Error('a function');
  const text = profileText(
    {
      ...report,
      functions: [{ ...first, name: '', file: '', calls: HUGE_MS, selfMs: HUGE_MS, totalMs: HUGE_MS }, first],
    },
    'a',
  );
  const rows = text.split('\n').slice(-3, -1);
  expect(rows[0]?.trim().split(/ +/)).toEqual([
    '1000000000000000',
    '1000000000000.000',
    '0.001000',
    '1000000000000.000',
    '0.001000',
    '{(anonymous)}',
  ]);
  expect(rows[1]?.indexOf(' impl-')).toBe(rows[0]?.indexOf(' {'));
});
