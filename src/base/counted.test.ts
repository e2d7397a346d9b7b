import { expect, test } from 'vitest';
import { counted } from './counted.ts';

test.each([
  { count: 0, shown: '0 pairs' },
  { count: 1, shown: '1 pair' },
  { count: 2, shown: '2 pairs' },
])('$shown', ({ count, shown }) => {
  expect(counted(count, 'pair')).toBe(shown);
});

test('a word of its own', () => {
  expect(counted(2, 'process', 'processes')).toBe('2 processes');
});
