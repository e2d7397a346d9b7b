import { expect, test } from 'vitest';
import { profileFromColumns } from '../../tests/support/profile-from-columns.ts';
import { functionTotals } from './function-totals.ts';

const WHOLE = { startUs: 0, endUs: Number.MAX_SAFE_INTEGER };
const table = (picture: string, window = WHOLE) =>
  Object.fromEntries(
    functionTotals(profileFromColumns(picture), window, () => false).functions.map(
      ({ frame, selfUs, totalUs, recursive }) => [frame.name, { selfUs, totalUs, recursive }],
    ),
  );

test('self time is the leaf’s, total time everybody’s on the stack', () => {
  expect(
    table(`
      main   main   main   (idle)
      parse  parse  sort   .
      lex    .      .      .
    `),
  ).toMatchObject({
    main: { selfUs: 0, totalUs: 3000 },
    parse: { selfUs: 1000, totalUs: 2000 },
    lex: { selfUs: 1000, totalUs: 1000 },
    sort: { selfUs: 1000, totalUs: 1000 },
    '(idle)': { selfUs: 1000, totalUs: 1000 },
  });
});

test('a recursive function’s total is added once', () => {
  expect(
    table(`
      fib  fib  fib
      fib  g    .
      fib  fib  .
    `),
  ).toMatchObject({
    fib: { selfUs: 3000, totalUs: 3000, recursive: true },
    g: { selfUs: 0, totalUs: 1000, recursive: false },
  });
});

test('siblings of one name are no recursion', () => {
  expect(
    table(`
      a  b  a
      f  f  f
    `),
  ).toMatchObject({ f: { totalUs: 3000, recursive: false }, a: { totalUs: 2000 } });
});

test('samples are clipped to the window', () => {
  expect(table('a  b  c', { startUs: 500, endUs: 2250 })).toMatchObject({
    a: { selfUs: 500 },
    b: { selfUs: 1000 },
    c: { selfUs: 250 },
  });
});
