import { expect, test } from 'vitest';
import { nextSorting, parseSorting, SORTS } from './sorting.ts';

test.each([
  { text: undefined, sort: 'change', order: 'descending' },
  { text: 'self-after', sort: 'self-after', order: 'descending' },
  { text: '-self-after', sort: 'self-after', order: 'ascending' },
  { text: 'name', sort: 'name', order: 'ascending' },
  { text: '-name', sort: 'name', order: 'descending' },
  { text: 'constructor', sort: 'change', order: 'descending' },
])('$text is $sort, $order', ({ text, sort, order }) => {
  expect(parseSorting(text)).toEqual({ sort, order });
});

test('a column is sorted one way, then the other, then the first again', () => {
  for (const sort of Object.keys(SORTS) as (keyof typeof SORTS)[]) {
    const once = nextSorting(parseSorting('change'), sort === 'change' ? 'name' : sort);
    const twice = nextSorting(parseSorting(once), parseSorting(once).sort);
    expect(twice).toBe(`-${once}`);
    expect(nextSorting(parseSorting(twice), parseSorting(once).sort)).toBe(once);
  }
});
