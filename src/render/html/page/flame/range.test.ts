import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved, parseRange, rangeText, revealing, scaled, within } from './range.ts';

const WHOLE = { startMs: 10, endMs: 110 };

test.each([
  { what: 'inside it stays', range: { startMs: 20, endMs: 30 }, expected: { startMs: 20, endMs: 30 } },
  { what: 'too far left', range: { startMs: 0, endMs: 10 }, expected: { startMs: 10, endMs: 20 } },
  { what: 'too far right', range: { startMs: 105, endMs: 125 }, expected: { startMs: 90, endMs: 110 } },
  { what: 'too long', range: { startMs: -50, endMs: 500 }, expected: WHOLE },
  { what: 'too short', range: { startMs: 20, endMs: 20 }, expected: { startMs: 20, endMs: 20.001 } },
])('a part that is $what', ({ range, expected }) => {
  expect(within(range, WHOLE)).toEqual(expected);
});

test('zooming keeps the place under the pointer', () => {
  expect(scaled({ startMs: 20, endMs: 60 }, { factor: 0.5, atMs: 30 })).toEqual({ startMs: 25, endMs: 45 });
  expect(moved({ startMs: 20, endMs: 60 }, -5)).toEqual({ startMs: 15, endMs: 55 });
});

test.each([
  { box: { startMs: 25, endMs: 26 }, expected: { startMs: 20, endMs: 30 } },
  { box: { startMs: 10, endMs: 100 }, expected: { startMs: 20, endMs: 30 } },
  { box: { startMs: 40, endMs: 42 }, expected: { startMs: 32, endMs: 42 } },
  { box: { startMs: 5, endMs: 6 }, expected: { startMs: 5, endMs: 15 } },
])('the box $box.startMs to $box.endMs is brought into sight', ({ box, expected }) => {
  expect(revealing({ startMs: 20, endMs: 30 }, box)).toEqual(expected);
});

test('what a link says is what it was made from', () => {
  fc.assert(
    fc.property(fc.nat(1e7), fc.integer({ min: 1, max: 1e7 }), (start, length) => {
      const range = { startMs: start / 1000, endMs: (start + length) / 1000 };
      expect(parseRange(rangeText(range))).toEqual(range);
    }),
    { seed: 1 },
  );
});

test.each(['', '5', '5-', '7-5', '5-5', 'a-b', '1e3-1e9', '-1-5', `1-${'9'.repeat(400)}`])(
  '%j is no range',
  (text) => {
    expect(parseRange(text)).toBeNull();
  },
);
