import { expect, test } from 'vitest';
import { profileFromColumns } from '../../tests/support/profile-from-columns.ts';
import { groupTimeUs } from './group-time.ts';

const profile = profileFromColumns(`
  main   main   main   main   other
  parse  parse  sort   parse  .
  .      read   .      parse  .
`); // 1 ms a sample

test.each([
  { names: ['parse'], ms: 3, why: 'itself and what it calls, a recursion once' },
  { names: ['main', 'parse'], ms: 4, why: 'one that calls the other once' },
  { names: ['read', 'sort'], ms: 2, why: 'two side by side' },
  { names: ['nothing'], ms: 0, why: 'none' },
])('$names: $ms ms, $why', ({ names, ms }) =>
  expect(groupTimeUs(profile, { startUs: 0, endUs: 5000 }, ({ name }) => names.includes(name))).toBe(
    ms * 1000,
  ),
);

test('only what lies in the window', () =>
  expect(groupTimeUs(profile, { startUs: 500, endUs: 1500 }, ({ name }) => name === 'parse')).toBe(1000));
