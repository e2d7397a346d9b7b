import { expect, test } from 'vitest';
import { holmAdjusted } from './holm.ts';

// As R's p.adjust(p, "holm") gives them; the first by hand: 3 × 0.01, 2 × 0.02, then not less than that.
test.each([
  { pValues: [0.01, 0.02, 0.03], adjusted: [0.03, 0.04, 0.04] },
  { pValues: [0.04, 0.01, 0.03], adjusted: [0.06, 0.03, 0.06] },
  { pValues: [0.6, 0.7], adjusted: [1, 1] },
  { pValues: [0.05], adjusted: [0.05] },
  { pValues: [], adjusted: [] },
])('$pValues', ({ pValues, adjusted }) => {
  for (const [index, p] of holmAdjusted(pValues).entries()) expect(p).toBeCloseTo(adjusted[index] ?? 0, 12);
  expect(holmAdjusted(pValues)).toHaveLength(adjusted.length);
});

test('no probability is refused', () => expect(() => holmAdjusted([Number.NaN])).toThrow(RangeError));
