import { expect, test } from 'vitest';
import { stackedDots } from './stacked-dots.ts';

test('values that lie together stand on one another, others on the ground', () => {
  const dots = stackedDots([50, 0.5, 0, 100, 51.9, 1], { low: 0, high: 100 });
  expect(dots.map(({ value, level }) => [value, level])).toEqual([
    [0, 0],
    [0.5, 1],
    [1, 2],
    [50, 0],
    [51.9, 0],
    [100, 0],
  ]);
});

test('equal values never leave the picture', () => {
  expect(Math.max(...stackedDots(Array(100).fill(3), { low: 0, high: 10 }).map(({ level }) => level))).toBe(
    7,
  );
});
