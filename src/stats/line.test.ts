import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amdahlTime, fitLine, serialFraction } from './line.ts';

describe('the line of least relative squared errors', () => {
  test('a line is found again', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        (start, perUnit) => {
          const line = fitLine([1, 10, 100, 1000].map((size) => ({ size, cost: start + perUnit * size })));
          expect(line?.start).toBeCloseTo(start, 4);
          expect(line?.perUnit).toBeCloseTo(perUnit, 6);
        },
      ),
    );
  });

  // numpy.polyfit([1, 2, 3], [1, 2, 4], 1, w=1/numpy.array([1, 2, 4])), which squares its weights.
  test('as numpy has it', () => {
    const line = fitLine([
      { size: 1, cost: 1 },
      { size: 2, cost: 2 },
      { size: 3, cost: 4 },
    ]);
    expect(line?.perUnit).toBeCloseTo(1.2727272727272732, 9);
    expect(line?.start).toBeCloseTo(-0.30303030303030465, 9);
  });

  test('one size has no slope', () =>
    expect(
      fitLine([
        { size: 5, cost: 1 },
        { size: 5, cost: 2 },
      ]),
    ).toBeNull());
});

test('Karp and Flatt, and Amdahl back again', () => {
  // Half serial: one thread 10 s, two threads 5 + 2.5 s.
  expect(serialFraction(10, 7.5, 2)).toBeCloseTo(0.5, 12);
  expect(serialFraction(10, 5, 2)).toBeCloseTo(0, 12);
  // Slower for it: more than all of it is serial.
  expect(serialFraction(10, 12, 2)).toBeGreaterThan(1);
  expect(amdahlTime(10, 0.5, 2)).toBeCloseTo(7.5, 12);
  expect(amdahlTime(10, serialFraction(10, 4, 4), 4)).toBeCloseTo(4, 12);
});
