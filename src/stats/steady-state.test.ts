import { describe, expect, test, vi } from 'vitest';
import { normalFrom, seededRandom } from '../base/random.ts';
import { median } from './median.ts';
import { steadyStateOf } from './steady-state.ts';

/** Levels in ms with how long each lasts, and noise of a ratio. */
function series(
  levels: readonly { readonly ms: number; readonly times: number }[],
  noise = 0.01,
  seed = 1,
): number[] {
  const random = seededRandom(seed);
  return levels.flatMap(({ ms, times }) =>
    Array.from({ length: times }, () => ms * Math.exp(noise * normalFrom(random))),
  );
}

describe('a steady state', () => {
  test.each([
    { what: 'from the first', values: series([{ ms: 10, times: 60 }]), from: 0 },
    {
      what: 'after a warm-up',
      values: series([
        { ms: 30, times: 8 },
        { ms: 10, times: 52 },
      ]),
      from: 8,
    },
    {
      what: 'after two tiers of compilation',
      values: series([
        { ms: 50, times: 5 },
        { ms: 20, times: 15 },
        { ms: 10, times: 60 },
      ]),
      from: 20,
    },
    {
      what: 'after it became slower',
      values: series([
        { ms: 10, times: 20 },
        { ms: 13, times: 60 },
      ]),
      from: 20,
    },
    { what: 'of times that are all equal', values: series([{ ms: 10, times: 30 }], 0), from: 0 },
    {
      what: 'with spikes',
      values: series([{ ms: 10, times: 80 }]).map((ms, index) => (index % 13 === 7 ? ms * 3 : ms)),
      from: 0,
    },
    {
      what: 'with a collection of garbage now and then',
      values: series([
        { ms: 30, times: 6 },
        { ms: 10, times: 74 },
      ]).map((ms, index) => (index % 10 === 9 ? ms + 4 : ms)),
      from: 6,
    },
    {
      what: 'that wavers by less than 2 %',
      values: series(
        [
          { ms: 10, times: 30 },
          { ms: 10.1, times: 30 },
          { ms: 10, times: 30 },
        ],
        0.002,
      ),
      from: 0,
    },
  ])('$what', ({ values, from }) => {
    const state = steadyStateOf(values);
    expect(state.kind).toBe('steady');
    // A change point is found to within two repetitions.
    if (state.kind === 'steady') expect(Math.abs(state.fromIndex - from)).toBeLessThanOrEqual(2);
  });

  test('of noise alone is seldom missed', () => {
    const runs = Array.from({ length: 200 }, (_, seed) =>
      steadyStateOf(series([{ ms: 10, times: 50 }], 0.03, seed)),
    );
    const whole = runs.filter((state) => state.kind === 'steady' && state.fromIndex === 0);
    expect(whole.length).toBeGreaterThan(180);
  });
});

describe('no steady state', () => {
  test.each([
    { what: 'too few', values: [1, 1, 1], says: 'too few' },
    {
      what: 'a change just before the end',
      values: series([
        { ms: 10, times: 60 },
        { ms: 14, times: 8 },
      ]),
      says: 'the last change came',
    },
    {
      what: 'slower and slower',
      values: Array.from({ length: 80 }, (_, index) => 10 * 1.01 ** index),
      says: /last change came|still changed/,
    },
  ])('$what', ({ values, says }) => {
    expect(steadyStateOf(values)).toEqual({ kind: 'none', why: expect.stringMatching(says) });
  });
});

describe('of many repetitions', () => {
  const many = (times: number) =>
    series(
      [
        { ms: 30, times: times / 10 },
        { ms: 10, times: times - times / 10 },
      ],
      0.02,
    );

  test('a million are reduced to a thousand medians, and the answer is that of the medians', () => {
    const values = many(1_000_000);
    const medians = Array.from({ length: 1000 }, (_, index) =>
      median(values.slice(index * 1000, (index + 1) * 1000)),
    );
    const state = steadyStateOf(values);
    const reduced = steadyStateOf(medians);
    expect(reduced).toEqual({ kind: 'steady', fromIndex: 100 });
    expect(state).toEqual({ kind: 'steady', fromIndex: 100_000 });
  });

  test.each([1000, 1001, 2500, 9999])('%i give the end of warm-up that is there', (times) => {
    const state = steadyStateOf(many(times - (times % 10)));
    if (state.kind !== 'steady') throw new Error(state.why);
    expect(Math.abs(state.fromIndex - Math.floor(times / 10))).toBeLessThanOrEqual(
      Math.ceil(times / 1000) + 2,
    );
  });

  test('the number of logarithms taken does not grow with the repetitions', () => {
    const taken = [20_000, 200_000].map((times) => {
      const log = vi.spyOn(Math, 'log');
      steadyStateOf(Array.from({ length: times }, (_, index) => 10 + (index % 7) / 100));
      const { length } = log.mock.calls;
      log.mockRestore();
      return length;
    });
    expect(taken).toEqual([1001, 1001]);
  });
});
