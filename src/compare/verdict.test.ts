import { expect, test } from 'vitest';
import { gainOf, verdictOf } from './verdict.ts';

test.each([
  { low: 0.06, high: 0.12, kind: 'faster' },
  { low: 0.01, high: 0.12, kind: 'inconclusive' },
  { low: -0.01, high: 0.015, kind: 'unchanged' },
  { low: -0.02, high: 0.02, kind: 'unchanged' },
  { low: -0.12, high: -0.03, kind: 'slower' },
  { low: -0.12, high: 0.3, kind: 'inconclusive' },
])('a gain of [$low, $high] is $kind', ({ low, high, kind }) => {
  const gain = { point: (low + high) / 2, low, high, confidenceLevel: 0.95 };
  expect(verdictOf(gain, { toleranceRatio: 0.02, remedy: 'more pairs' }).kind).toBe(kind);
});

test('one run a side claims nothing, however far apart', () => {
  const gain = { point: 0.9, low: 0.9, high: 0.9, confidenceLevel: 0 };
  expect(verdictOf(gain, { toleranceRatio: 0.02, remedy: 'more runs' })).toEqual({
    kind: 'inconclusive',
    remedy: 'more runs',
  });
});

test('a log ratio of −ln 4 is a gain of three quarters, its ends changing places', () => {
  const gain = gainOf({ point: -Math.log(4), low: -Math.log(5), high: -Math.log(2), confidenceLevel: 0.9 });
  expect(gain.point).toBeCloseTo(0.75, 12);
  expect(gain.low).toBeCloseTo(0.5, 12);
  expect(gain.high).toBeCloseTo(0.8, 12);
  expect(gain.confidenceLevel).toBe(0.9);
});
