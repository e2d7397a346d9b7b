import { expect, test } from 'vitest';
import { reportFunction } from '../../../tests/support/sample-report.ts';
import { rowFinder } from './row-finder.ts';

const at = (name: string, line: number, column: number, file = 'a.js') =>
  reportFunction({ name, line, column, file });
const pairs = [
  { before: at('f', 7, 900), after: null, change: 'gone', ambiguous: false },
  { before: at('f', 7, 100), after: at('f', 1, 1), change: 'moved', ambiguous: false },
  { before: null, after: at('g', 3, 5), change: 'new', ambiguous: false },
  { before: at('(program)', 0, 0, ''), after: at('(program)', 0, 0, ''), change: 'same', ambiguous: false },
] as const;

test.each([
  { frame: at('f', 7, 904), row: 0 },
  { frame: at('f', 7, 900), row: 0 },
  { frame: at('f', 7, 899), row: 1 },
  { frame: at('f', 8, 1), row: 0 },
  { frame: at('f', 7, 99), row: -1 },
  { frame: at('f', 7, 904, 'b.js'), row: -1 },
  { frame: at('g', 3, 5), row: -1 },
  { frame: at('(program)', 0, 0, ''), row: 3 },
])('$frame.name at $frame.line:$frame.column of $frame.file is row $row', ({ frame, row }) => {
  expect(rowFinder(pairs, 'before')(frame, { fromBuilt: false }).row).toBe(row);
});

test('behind a source map the line is enough, and the name is the one that was written', () => {
  const find = rowFinder(pairs, 'before');
  expect(find(at('x', 7, 950), { fromBuilt: true })).toEqual({ row: 0, name: 'f' });
  expect(find(at('x', 7, 950), { fromBuilt: false })).toEqual({ row: -1, name: 'x' });
  expect(find(at('x', 8, 950), { fromBuilt: true })).toEqual({ row: -1, name: 'x' });
});
