import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Column, tableLines } from './table.ts';

const COLUMNS: readonly Column[] = [
  { align: 'left', width: 6 },
  { align: 'right', width: 8 },
  { align: 'right', width: 4 },
];

test('columns have their widths where texts fit', () => {
  expect(
    tableLines(COLUMNS, [
      ['a', '1.0', '2'],
      ['bb', '10.0', '20'],
    ]),
  ).toEqual(['a          1.0   2', 'bb        10.0  20']);
});

test('a longer text makes its column wider in all rows', () => {
  expect(
    tableLines(COLUMNS, [
      ['a', '-123456.89 %', '2'],
      ['a long name', '1.0', '20'],
    ]),
  ).toEqual(['a            -123456.89 %   2', 'a long name           1.0  20']);
});

test('texts stand apart and in line, whatever they are', () => {
  const text = fc.stringMatching(/^[\d.%a-z-]{1,40}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), (rows) => {
      const lines = tableLines(COLUMNS, rows);
      expect(lines.map((line) => line.split(/ {2,}/))).toEqual(rows);
      expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    }),
    { seed: 1 },
  );
});
