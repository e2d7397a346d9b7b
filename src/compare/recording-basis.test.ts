import { expect, test } from 'vitest';
import { basisOf, isUneven } from './recording-basis.ts';

const lengths = (idleRatio: number, ...walls: readonly number[]) =>
  walls.map((wallMs) => ({ wallMs, sampledMs: wallMs, busyMs: wallMs * (1 - idleRatio) }));

test.each([
  { what: 'a service, 30 s each', idle: 0.4, before: [30_000, 30_010], after: [30_050, 30_100], is: 'share' },
  {
    what: 'a busy program as fast as before',
    idle: 0,
    before: [1000, 1010],
    after: [1005, 1000],
    is: 'time',
  },
  {
    what: 'a program that waits, and is faster',
    idle: 0.4,
    before: [1000, 1010],
    after: [700, 710],
    is: 'time',
  },
  { what: 'recordings of many lengths', idle: 0.4, before: [30_000, 60_000], after: [10_000], is: 'time' },
])('$what: $is', ({ idle, before, after, is }) =>
  expect(basisOf(lengths(idle, ...before), lengths(idle, ...after))).toBe(is),
);

test('a recording without samples is not idle', () =>
  expect(basisOf([{ wallMs: 5, sampledMs: 0, busyMs: 0 }], [{ wallMs: 5, sampledMs: 0, busyMs: 0 }])).toBe(
    'time',
  ));

test('uneven lengths', () => {
  expect(isUneven(lengths(0, 10, 12, 15))).toBe(false);
  expect(isUneven(lengths(0, 10, 12, 16))).toBe(true);
});
