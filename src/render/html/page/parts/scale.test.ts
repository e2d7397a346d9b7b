import { expect, test } from 'vitest';
import { roundValues, scaleOver } from './scale.ts';

test.each([
  { low: 0, high: 1, count: 5, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  { low: -0.05, high: 0.88, count: 5, ticks: [0, 0.2, 0.4, 0.6, 0.8] },
  { low: 97, high: 182, count: 4, ticks: [100, 150] },
  { low: -3, high: 3, count: 3, ticks: [-2, 0, 2] },
])('round values from $low to $high', ({ low, high, count, ticks }) => {
  expect(roundValues({ low, high }, count)).toEqual(ticks);
});

test('the least value lies at the left margin, the most at the right', () => {
  const { at } = scaleOver([10, 20, 30]);
  expect([10, 20, 30].map(at)).toEqual(['4.000%', '50.000%', '96.000%']);
});

test('one value alone lies in the middle', () => {
  expect(scaleOver([7]).at(7)).toBe('50.000%');
  expect(scaleOver([0]).at(0)).toBe('50.000%');
});
