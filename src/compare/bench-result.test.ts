import { describe, expect, test } from 'vitest';
import { benchPairs } from '../../tests/support/bench-pairs.ts';
import { seededRandom } from '../base/random.ts';
import { pairWarnings } from './bench-diagnostics.ts';
import { analyse, looksOf } from './bench-plan.ts';
import { benchResult } from './bench-result.ts';

const QUESTION = { wantedLevel: 0.95, toleranceRatio: 0.02, seed: 1, pairMs: 1000 };
const PLAN = { confidenceLevel: 0.95, spending: 'pocock', fixedPairs: null, comparisons: 1 } as const;
const times = (count: number, ratio: number, spread = 0.01) =>
  Array.from({ length: count }, (_, index) => {
    const before = 100 * (1 + spread * ((index * 7) % 5));
    return { before, after: before * ratio * (1 + spread * ((index * 3) % 4)) };
  });

test('a half of the time is a gain of a half, of CPU time and memory too', () => {
  const result = benchResult(benchPairs(times(6, 0.5, 0)), QUESTION);
  for (const gain of [
    result.gainRatio,
    result.cpuGainRatio,
    result.peakRssGainRatio,
    result.bootstrapGainRatio,
  ]) {
    expect(gain?.point).toBeCloseTo(0.5, 12);
  }
  expect(result.gainRatio.confidenceLevel).toBeCloseTo(1 - 2 / 64, 12);
  expect(result.verdict).toEqual({ kind: 'faster' });
  expect(result.wallMs.before.point).toBe(100);
  expect(result.cpuMs.after.point).toBe(100);
});

test.each([
  { count: 8, ratio: 1.2, kind: 'slower' },
  { count: 8, ratio: 0.8, kind: 'faster' },
  { count: 20, ratio: 0.985, kind: 'unchanged' },
  { count: 4, ratio: 0.2, kind: 'inconclusive' },
])('$count pairs at a ratio of $ratio are $kind', ({ count, ratio, kind }) => {
  expect(benchResult(benchPairs(times(count, ratio, 0.001)), QUESTION).verdict.kind).toBe(kind);
});

test('what is inconclusive says the seconds that would settle it', () => {
  const wide = benchPairs(times(6, 0.97, 0.05));
  const { verdict, pairsToSettle } = benchResult(wide, QUESTION);
  const more = pairsToSettle ?? Number.NaN;
  expect(more).toBeGreaterThan(0);
  // Six pairs of one second each are measured already.
  expect(verdict).toEqual({
    kind: 'inconclusive',
    remedy: `run about ${more} s longer (--budget ${6 + more}s)`,
  });
});

test('if no number of pairs would settle it, it says so instead', () => {
  const atTheEdge = benchPairs(
    times(20, 1, 0).map(({ before }, index) => ({ before, after: before * (index % 2 === 0 ? 1 : 1.0404) })),
  );
  const { verdict, pairsToSettle } = benchResult(atTheEdge, {
    ...QUESTION,
    toleranceRatio: Math.expm1(0.0198),
  });
  expect(pairsToSettle).toBeNull();
  expect(verdict).toMatchObject({ kind: 'inconclusive', remedy: expect.stringContaining('no budget can') });
});

test('one pair shows no spread, and claims nothing', () => {
  const result = benchResult(benchPairs([{ before: 100, after: 10 }]), QUESTION);
  expect(result.gainRatio).toMatchObject({ point: expect.closeTo(0.9), confidenceLevel: 0 });
  expect(result.verdict.kind).toBe('inconclusive');
});

test('CPU time too little to be measured is not known, not infinite', () => {
  const pairs = benchPairs(times(6, 0.5)).map((pair) => ({ ...pair, beforeCpuMs: 0 }));
  expect(benchResult(pairs, QUESTION).cpuGainRatio).toBeNull();
});

describe('looks', () => {
  const at = (pairs: number, isLast: boolean) =>
    analyse([benchPairs(times(pairs, 0.8, 0.002))], {
      plan: PLAN,
      stage: {
        looked: looksOf(PLAN)
          .map((look) => look.pairs)
          .filter((look) => look < pairs),
        isLast,
      },
      question: QUESTION,
    })[0];

  test('the first is at 8 pairs, at a stricter level than a single one', () => {
    expect(looksOf(PLAN)[0]?.pairs).toBe(8);
    expect(at(8, false)?.gainRatio.confidenceLevel).toBeGreaterThan(0.98);
    expect(at(8, false)?.verdict.kind).toBe('faster');
  });

  test('the last has all that is left', () => {
    const [early, late] = [at(20, false), at(20, true)];
    expect(late?.gainRatio.confidenceLevel).toBeLessThan(early?.gainRatio.confidenceLevel ?? 0);
  });

  test('a fixed number of pairs is one look at the whole level', () => {
    const plan = { ...PLAN, fixedPairs: 6 };
    expect(looksOf(plan)).toEqual([]);
    const [result] = analyse([benchPairs(times(6, 0.8))], {
      plan,
      stage: { looked: [], isLast: true },
      question: QUESTION,
    });
    expect(result?.verdict.kind).toBe('faster');
  });
});

test('of three comparisons the clearest is held to a third of the error, the rest step by step to more', () => {
  const random = seededRandom(5);
  const noisy = (ratio: number) =>
    benchPairs(
      Array.from({ length: 12 }, () => ({ before: 100 + random(), after: (100 + random()) * ratio })),
    );
  const [same, faster, slower] = analyse([noisy(1), noisy(0.5), noisy(1.5)], {
    plan: { ...PLAN, fixedPairs: 12, comparisons: 3 },
    stage: { looked: [], isLast: true },
    question: QUESTION,
  });
  expect([same, faster, slower].map((result) => result?.verdict.kind)).toEqual([
    'unchanged',
    'faster',
    'slower',
  ]);
  const levels = [faster, slower, same].map((result) => result?.gainRatio.confidenceLevel ?? 0);
  expect(levels[0]).toBeGreaterThan(1 - 0.05 / 3);
  expect(levels[2]).toBeLessThan(levels[0] ?? 0);
});

describe('warnings of the pairs', () => {
  const random = seededRandom(9);
  const quiet = Array.from({ length: 30 }, () => ({ before: 100 + random(), after: 100 + random() }));
  test.each([
    { what: 'none where all is quiet', pairs: quiet, says: '' },
    {
      what: 'the second is always slower',
      pairs: quiet.map(({ before, after }, index) =>
        index % 2 === 0 ? { before, after: after * 1.1 } : { before: before * 1.1, after },
      ),
      says: /position: the side measured second differs by (9\.[5-9]|10\.[0-4]) %/,
    },
    {
      what: 'slower and slower',
      pairs: quiet.map(({ before, after }, index) => ({ before: before + index, after: after + index })),
      says: 'slower while measuring',
    },
    {
      what: 'one pair far off',
      pairs: quiet.map(({ before, after }, index) => ({ before, after: index === 9 ? after * 2 : after })),
      says: 'outliers: 1 of 30 pairs',
    },
  ])('$what', ({ pairs, says }) => {
    const warnings = pairWarnings(benchPairs(pairs));
    if (says === '') expect(warnings).toEqual([]);
    else expect(warnings).toEqual([expect.stringMatching(says)]);
  });
});
