import { expect, test } from 'vitest';
import { normalFrom, seededRandom, shuffled } from './random.ts';

// Worked out by a program of its own, in Python, with whole numbers of any size.
test.each([
  { seed: 0, numbers: [2899526011, 769844623, 220372281, 4270301181] },
  { seed: 1, numbers: [2420951833, 2513034076, 3847892949, 4064752930] },
  { seed: 42, numbers: [1959603763, 2423114712, 2466933512, 4144396390] },
  { seed: 2 ** 32 - 1, numbers: [2300869303, 3917632794, 3726809994, 1136427174] },
])('the first numbers of seed $seed', ({ seed, numbers }) => {
  const random = seededRandom(seed);
  expect(numbers.map(() => random() * 2 ** 32)).toEqual(numbers);
});

test('each order of three is as likely', () => {
  const random = seededRandom(7);
  const seen = new Map<string, number>();
  for (let round = 0; round < 6000; round += 1) {
    const order = shuffled(['a', 'b', 'c'], random).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(6);
  // 1000 each, five standard deviations of 29 either way.
  for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
});

test('the normal numbers have mean 0 and variance 1', () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 20_000 }, () => normalFrom(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});
