import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { countUpTo, differencesOf, middleSum, sumAt, walshSums } from './pairwise-order.ts';

const random = seededRandom(3);
/** Some of them equal. */
const sample = (size: number) => Array.from({ length: size }, () => Math.round(random() * 40) / 8 - 2);

test.each([1, 2, 3, 7, 24])('every place among the sums of %i values is that of the sorted list', (size) => {
  for (let turn = 0; turn < 20; turn += 1) {
    const [before, after] = [sample(size), sample(size + turn)];
    const differences = after.flatMap((b) => before.map((a) => b - a)).toSorted((a, b) => a - b);
    const means = before
      .flatMap((a, index) => before.slice(0, index + 1).map((b) => (a + b) / 2))
      .toSorted((a, b) => a - b);
    const [sums, walsh] = [differencesOf(before, after), walshSums(before)];
    expect(differences.map((_, place) => sumAt(sums, place))).toEqual(differences);
    expect(means.map((_, place) => sumAt(walsh, place))).toEqual(means);
    expect({ differences: sums.count, means: walsh.count }).toEqual({
      differences: differences.length,
      means: means.length,
    });
    expect(middleSum(walsh)).toBeCloseTo(
      ((means[Math.floor((means.length - 1) / 2)] ?? 0) + (means[Math.floor(means.length / 2)] ?? 0)) / 2,
      12,
    );
    expect(countUpTo(sums, differences[0] ?? 0)).toBeGreaterThan(0);
    expect(countUpTo(sums, (differences[0] ?? 0) - 1)).toBe(0);
  }
});

test('values of any size', () => {
  expect(sumAt(walshSums([1e-300, 1e300, -1e300]), 0)).toBe(-1e300);
  expect(sumAt(walshSums([1e-300, 1e300, -1e300]), 5)).toBe(1e300);
});

test('where there is no such place', () => {
  expect(() => sumAt(walshSums([]), 0)).toThrow(RangeError);
  expect(() => sumAt(walshSums([1]), 1)).toThrow(RangeError);
  expect(() => sumAt(walshSums([Number.NaN]), 0)).toThrow(RangeError);
});

test.each([60, 301])('the Walsh averages of %i values, sorted in full, have the same places', (size) => {
  // Some are equal, and one lies far off, so that halving the range hardly halves their number.
  const values = [...sample(size - 1), 1e6];
  const sorted = Float64Array.from(
    values.flatMap((a, index) => values.slice(0, index + 1).map((b) => a / 2 + b / 2)),
  ).sort();
  const walsh = walshSums(values);
  for (let place = 0; place < sorted.length; place += 1 + Math.floor(random() * 97))
    expect(sumAt(walsh, place)).toBe(sorted[place]);
});
