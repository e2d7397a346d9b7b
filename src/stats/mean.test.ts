import { expect, test } from 'vitest';
import { meanOf, squaresOf } from './mean.ts';

test('by hand: 2, 4, 9 have the mean 5 and deviations −3, −1, 4', () => {
  expect(meanOf([2, 4, 9])).toBe(5);
  expect(squaresOf([2, 4, 9])).toBe(9 + 1 + 16);
});

test('one value is its own mean, without deviation', () => {
  expect(meanOf([7])).toBe(7);
  expect(squaresOf([7])).toBe(0);
});
