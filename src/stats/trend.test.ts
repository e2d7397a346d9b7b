import { expect, test } from 'vitest';
import { trendOf } from './trend.ts';

// Kendall's S by hand; p = 2·sf((|S| − 1)/√(n(n−1)(2n+5)/18)) by scipy.stats.norm.sf.
test.each([
  { series: [1, 2, 3, 4, 5, 6], pValue: 0.008534920414227074, total: 5 },
  { series: [6, 5, 4, 3, 2, 1], pValue: 0.008534920414227074, total: -5 },
  { series: [1, 3, 2, 4, 3.5], pValue: 0.22067136191984693, total: 2.25 },
  { series: [2, 2, 2, 2], pValue: 1, total: 0 },
])('$series', ({ series, pValue, total }) => {
  expect(trendOf(series).pValue).toBeCloseTo(pValue, 10);
  expect(trendOf(series).total).toBeCloseTo(total, 10);
});

test('two values show none', () => expect(() => trendOf([1, 2])).toThrow(RangeError));
