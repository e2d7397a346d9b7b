import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import {
  type Look,
  latestLevel,
  lookLevels,
  obrienFlemingSpending,
  pocockSpending,
} from './alpha-spending.ts';
import { normalUpperQuantile } from './normal.ts';

const equalLooks = (count: number, spending: typeof pocockSpending): Look[] =>
  Array.from({ length: count }, (_, index) => ({
    information: index + 1,
    spent: spending((index + 1) / count, 0.05),
  }));
const bounds = (looks: readonly Look[]) => lookLevels(looks).map((level) => normalUpperQuantile(level / 2));

// The published bounds of five equal looks at 5 %, two-sided, by these spending functions (ldbounds, gsDesign).
describe('published bounds', () => {
  test.each([
    { name: 'Pocock', spending: pocockSpending, z: [2.438, 2.4268, 2.4101, 2.3966, 2.3859] },
    {
      name: 'O’Brien and Fleming',
      spending: obrienFlemingSpending,
      z: [4.8769, 3.3569, 2.6803, 2.2898, 2.031],
    },
  ])('$name', ({ spending, z }) => {
    for (const [index, bound] of bounds(equalLooks(5, spending)).entries()) {
      expect(bound).toBeCloseTo(z[index] ?? 0, 3);
    }
  });
});

test('one look has the whole level', () => {
  expect(lookLevels([{ information: 7, spent: 0.05 }])[0]).toBeCloseTo(0.05, 9);
});

test('a look that may spend nothing is no test, and costs nothing', () => {
  const [first, second] = lookLevels([
    { information: 1, spent: 0 },
    { information: 2, spent: 0.05 },
  ]);
  expect(first).toBe(0);
  expect(second).toBeCloseTo(0.05, 6);
});

test('looks out of order are refused', () => {
  expect(() =>
    lookLevels([
      { information: 1, spent: 0.04 },
      { information: 2, spent: 0.03 },
    ]),
  ).toThrow(RangeError);
  expect(() =>
    lookLevels([
      { information: 2, spent: 0.01 },
      { information: 2, spent: 0.03 },
    ]),
  ).toThrow(RangeError);
});

test('the level of the latest look is the same whatever was asked before', () => {
  const random = seededRandom(6);
  for (let turn = 0; turn < 60; turn += 1) {
    const alpha = [0.05, 0.025, 0.01][turn % 3] ?? 0.05;
    const all = equalLooks(12, pocockSpending).map(({ information, spent }) => ({
      information,
      spent: (spent * alpha) / 0.05,
    }));
    // Some of them were not taken, and it is not always the next that is asked for.
    const looks = all.slice(0, 1 + Math.floor(random() * 12)).filter(() => random() < 0.9);
    if (looks.length > 0) expect(latestLevel(looks)).toBe(lookLevels(looks).at(-1));
  }
  expect(() => latestLevel([])).toThrow(RangeError);
});
