import { describe, expect, test } from 'vitest';
import { benchPairs } from '../../tests/support/bench-pairs.ts';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import { metricResult } from './bench-metrics.ts';
import { meanWarnings } from './mean-gain.ts';

type Side = (random: Random) => number;
const normal: Side = (random) => Math.exp(0.02 * normalFrom(random));
/** Of the same mean, but 60 % slower in every tenth run, and so faster in the others. */
const rarelySlow: Side = (random) => (normal(random) * (random() < 0.1 ? 1.6 : 1)) / 1.06;

/** How often there is a warning, and how often a verdict of each kind, at the level of a middle look. */
function simulated({
  before,
  after,
  count,
  runs = 400,
}: {
  before: Side;
  after: Side;
  count: number;
  runs?: number;
}) {
  const random = seededRandom(count);
  const found = { warnings: 0, faster: 0, slower: 0, text: '' };
  for (let run = 0; run < runs; run += 1) {
    const pairs = benchPairs(
      Array.from({ length: count }, () => ({ before: before(random), after: after(random) })),
    );
    const { gainRatio, verdict } = metricResult(pairs, 'wall', {
      ...{ wantedLevel: 0.98, toleranceRatio: 0.02, pairMs: 1 },
    });
    const [warning] = meanWarnings(pairs, 'wall', gainRatio);
    if (warning !== undefined) found.warnings += 1 / runs;
    if (verdict.kind === 'faster' || verdict.kind === 'slower') found[verdict.kind] += 1 / runs;
    found.text = warning ?? found.text;
  }
  return found;
}

describe('no warning without a cause', () => {
  test.each([8, 20, 60, 200])('%d pairs of equal sides with normal noise', (count) => {
    expect(simulated({ before: normal, after: normal, count }).warnings).toBeLessThanOrEqual(0.02);
  });

  test.each([20, 60])('%d pairs of sides that differ by a tenth', (count) => {
    const after: Side = (random) => 0.9 * normal(random);
    const { warnings, faster } = simulated({ before: normal, after, count });
    expect(faster).toBeGreaterThan(0.99);
    expect(warnings).toBeLessThanOrEqual(0.02);
  });

  test.each([20, 60])('%d pairs of two sides with rare slow runs: seldom', (count) => {
    expect(simulated({ before: rarelySlow, after: rarelySlow, count }).warnings).toBeLessThan(0.15);
  });
});

describe('rare slow runs at equal means', () => {
  test.each([60, 100])('of after, %d pairs: it looks faster, and the warning says otherwise', (count) => {
    const { warnings, faster, text } = simulated({ before: normal, after: rarelySlow, count });
    expect(faster).toBeGreaterThan(0.9);
    expect(warnings).toBeGreaterThan(count === 60 ? 0.87 : 0.97);
    expect(text).toMatch(/^means: the mean wall times give a gain of -?[\d.]+ %, outside the interval/);
    expect(text).toContain('weigh more in `after` than in `before`');
  });

  test('of before, 100 pairs: it looks slower', () => {
    const { warnings, slower, text } = simulated({ before: rarelySlow, after: normal, count: 100 });
    expect(slower).toBeGreaterThan(0.9);
    expect(warnings).toBeGreaterThan(0.97);
    expect(text).toContain('weigh more in `before` than in `after`');
  });
});

test('nothing to compare with, no warning', () => {
  const pairs = benchPairs([{ before: 100, after: 10 }]);
  expect(meanWarnings(pairs, 'cpu', null)).toEqual([]);
  expect(meanWarnings(pairs, 'wall', { point: 0.5, low: 0.5, high: 0.5, confidenceLevel: 0 })).toEqual([]);
});
