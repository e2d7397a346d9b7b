import { describe, expect, test } from 'vitest';
import { judgeAtLeast, judgeAtMost, slowdownOf } from './check-report.ts';

const estimate = (low: number, high: number, confidenceLevel = 0.95) => ({
  point: (low + high) / 2,
  low,
  high,
  confidenceLevel,
});

test('a slowdown is a gain turned round', () =>
  expect(slowdownOf(estimate(-0.3, -0.1))).toEqual({
    point: 0.2,
    low: 0.1,
    high: 0.3,
    confidenceLevel: 0.95,
  }));

describe('a build fails only for what is shown', () => {
  test.each([
    { why: 'all of it beyond the limit', low: 0.06, high: 0.2, verdict: 'fail' },
    { why: 'some of it within', low: 0.04, high: 0.2, verdict: 'inconclusive' },
    { why: 'all of it within, though slower', low: 0.01, high: 0.05, verdict: 'pass' },
    { why: 'faster', low: -0.5, high: -0.4, verdict: 'pass' },
  ])('$why', ({ low, high, verdict }) => expect(judgeAtMost(estimate(low, high), 0.05)).toBe(verdict));

  test('one measurement shows nothing', () => {
    expect(judgeAtMost(estimate(0.5, 0.5, 0), 0.05)).toBe('inconclusive');
    expect(judgeAtLeast(estimate(0.5, 0.5, 0), 0.05)).toBe('inconclusive');
  });

  test.each([
    { low: 0.7, high: 0.8, verdict: 'pass' },
    { low: 0.5, high: 0.8, verdict: 'inconclusive' },
    { low: 0.5, high: 0.6, verdict: 'fail' },
  ])('a gain of $low to $high, at least 70 % demanded', ({ low, high, verdict }) =>
    expect(judgeAtLeast(estimate(low, high), 0.7)).toBe(verdict),
  );
});
