import { expect, test } from 'vitest';
import { percentFigure } from './percent.ts';

test.each([
  { ratio: 0.5, digits: 2, figure: '50.00' },
  { ratio: 1, digits: 1, figure: '100.0' },
  { ratio: 1.00001, digits: 1, figure: '100.0' },
  { ratio: -1, digits: 1, figure: '-100.0' },
  { ratio: 0.9999, digits: 2, figure: '99.99' },
  { ratio: 0.9999, digits: 1, figure: '99.9' },
  { ratio: 0.996, digits: 0, figure: '99' },
  { ratio: 1 - Number.EPSILON / 2, digits: 2, figure: '99.99' },
  { ratio: -0.99999, digits: 2, figure: '-99.99' },
  { ratio: 0, digits: 1, figure: '0.0' },
])('$ratio with $digits digits is $figure', ({ ratio, digits, figure }) => {
  expect(percentFigure(ratio, digits)).toBe(figure);
});
