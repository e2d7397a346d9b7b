import { describe, expect, test } from 'vitest';
import { eliminationOf } from './elimination.ts';

/** Times of a million calls, from the time of one; `fixedNs` is what a batch costs besides. */
function times({ bodyNs, emptyNs, fixedNs = 0 }: { bodyNs: number; emptyNs: number; fixedNs?: number }) {
  const calls = 1_000_000;
  return {
    calls,
    onceNs: bodyNs * calls + fixedNs,
    twiceNs: 2 * bodyNs * calls + fixedNs,
    emptyOnceNs: emptyNs * calls + fixedNs,
    emptyTwiceNs: 2 * emptyNs * calls + fixedNs,
  };
}

describe('a body', () => {
  test.each([
    { what: 'as fast as an empty one', bodyNs: 0.23, emptyNs: 0.23, kind: 'removed' },
    { what: 'that stores a constant number', bodyNs: 0.41, emptyNs: 0.23, kind: 'removed' },
    { what: 'that adds to a variable', bodyNs: 1.8, emptyNs: 0.23, kind: 'kept' },
    { what: 'of 5 ns', bodyNs: 5, emptyNs: 0.25, kind: 'kept' },
    {
      what: 'that adds to a variable on a machine five times slower',
      bodyNs: 9,
      emptyNs: 1.15,
      kind: 'kept',
    },
    { what: 'that was removed on that machine', bodyNs: 1.2, emptyNs: 1.15, kind: 'removed' },
  ])('$what is $kind', ({ kind, ...ns }) => {
    expect(eliminationOf(times(ns)).kind).toBe(kind);
  });

  test('what a batch costs besides its calls cancels out', () => {
    const found = eliminationOf(times({ bodyNs: 2, emptyNs: 0.25, fixedNs: 100_000 }));
    if (found.kind !== 'kept') throw new Error(found.kind);
    expect(found.perCallNs).toBeCloseTo(2, 9);
    expect(found.emptyPerCallNs).toBeCloseTo(0.25, 9);
  });

  test('whose time stays the same for twice the calls does not scale', () => {
    const found = eliminationOf({ ...times({ bodyNs: 50, emptyNs: 0.25 }), twiceNs: 51e6 });
    expect(found).toEqual({ kind: 'does not scale', ratio: 1.02 });
  });

  test('an empty loop too short for the clock is not below what its longer one took', () => {
    const found = eliminationOf({
      calls: 100,
      onceNs: 5000,
      twiceNs: 10_000,
      emptyOnceNs: 50,
      emptyTwiceNs: 50,
    });
    expect(found).toEqual({ kind: 'kept', perCallNs: 50, emptyPerCallNs: 0.25 });
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a time of %d is an error', (onceNs) => {
    expect(() => eliminationOf({ ...times({ bodyNs: 1, emptyNs: 1 }), onceNs })).toThrow(RangeError);
  });
});

test.each([
  { what: 'a counter on Node 22', perCallNs: 1.9, emptyNs: 0.976, kind: 'kept' },
  { what: 'a counter on Node 24', perCallNs: 1.9, emptyNs: 0.364, kind: 'kept' },
  { what: 'a constant on Node 22', perCallNs: 0.492, emptyNs: 0.972, kind: 'removed' },
  { what: 'a constant that takes one cycle more', perCallNs: 0.74, emptyNs: 0.37, kind: 'removed' },
])('$what is $kind', ({ perCallNs, emptyNs, kind }) => {
  const calls = 1e6;
  const times = (ns: number) => ({ once: 1000 + calls * ns, twice: 1000 + 2 * calls * ns });
  const [body, empty] = [times(perCallNs), times(emptyNs)];
  expect(
    eliminationOf({
      ...{ calls, onceNs: body.once, twiceNs: body.twice },
      ...{ emptyOnceNs: empty.once, emptyTwiceNs: empty.twice },
    }),
  ).toMatchObject({ kind });
});
