import { faker } from '@faker-js/faker/locale/en';
import { expect, test } from 'vitest';
import { Draws } from './draws.ts';

test.each([0, 1, 42, 2 ** 31, 2 ** 32 - 1])('faker’s own numbers, seed %i', (seed) => {
  faker.seed(seed);
  const draws = new Draws();
  draws.seed(seed);
  for (let round = 0; round < 2000; round += 1) {
    const count = 2 + (round % 1500);
    expect(draws.below(count)).toBe(faker.number.int(count - 1));
    expect(draws.hex()).toBe(faker.number.int(15));
    expect(draws.fraction()).toBe(faker.number.float());
    expect(draws.bits32()).toBe(faker.number.int(2 ** 32 - 1) | 0);
  }
});

test('of a million draws none is decided wrongly by its first word alone', () => {
  faker.seed(3);
  const draws = new Draws();
  draws.seed(3);
  let different = 0;
  for (let round = 0; round < 1_000_000; round += 1) {
    if (draws.below(1563) !== faker.number.int(1562)) different += 1;
  }
  expect(different).toBe(0);
});
