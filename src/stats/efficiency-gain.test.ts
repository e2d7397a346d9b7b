import { expect, test } from 'vitest';
import { efficiencyGain } from './efficiency-gain.ts';

test.each([
  { old: 12.154, now: 3.377, gain: 72.21490867 },
  { old: 2, now: 1, gain: 50 },
  { old: 1, now: 2, gain: -100 },
  { old: 1, now: 0, gain: 100 },
])('from $old to $now is a gain of $gain %', ({ old, now, gain }) => {
  expect(efficiencyGain(old, now)).toBeCloseTo(gain, 8);
});

test.each([
  [0, 1],
  [-1, 1],
  [1, -1],
  [Number.NaN, 1],
  [1, Number.POSITIVE_INFINITY],
])('there is none from %d to %d', (old, now) => {
  expect(() => efficiencyGain(old, now)).toThrow(RangeError);
});
