import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smallerValues } from './smaller-values.ts';

test('the next and the previous smaller value are those of looking at each', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1, max: 40 }), { minLength: 1, maxLength: 700 }),
      fc.nat(699),
      fc.integer({ min: -1, max: 6 }),
      (values, index, limit) => {
        const from = index % values.length;
        const { next, previous } = smallerValues(Int32Array.from(values));
        const found = values.findIndex((value, at) => at >= from && value < limit);
        expect(next(from, limit)).toBe(found === -1 ? values.length : found);
        expect(previous(from, limit)).toBe(values.findLastIndex((value, at) => at <= from && value < limit));
      },
    ),
    { seed: 1, numRuns: 2000 },
  );
});

test('from behind the last value on there is none', () => {
  const values = new Int32Array(16 * 16);
  expect(smallerValues(values).next(values.length, 1)).toBe(values.length);
});
