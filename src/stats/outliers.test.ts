import { expect, test } from 'vitest';
import { outliersOf } from './outliers.ts';

// The median of 1 to 7 is 4, their deviations' is 2, so that the limit is 3.5 × 1.4826 × 2 = 10.4 from 4.
test.each([
  { values: [1, 2, 3, 4, 5, 6, 7], far: [] },
  { values: [1, 2, 3, 4, 5, 6, 14.3], far: [] },
  { values: [1, 2, 3, 4, 5, 6, 14.4], far: [6] },
  { values: [-6.4, 2, 3, 4, 5, 6, 14.4], far: [0, 6] },
  { values: [1, 1, 1, 1, 9], far: [] },
  { values: [], far: [] },
])('$values', ({ values, far }) => expect(outliersOf(values)).toEqual(far));
