import { describe, expect, test } from 'vitest';
import { reportFunction } from '../../tests/support/sample-report.ts';
import { pairFunctions } from './function-pairs.ts';
import type { ReportFunction } from './profile-report.ts';

const old = (known: Partial<ReportFunction>) => reportFunction({ file: 'impl-old/index.ts', ...known });
const now = (known: Partial<ReportFunction>) => reportFunction({ file: 'impl-new/index.ts', ...known });
const changes = (before: readonly ReportFunction[], after: readonly ReportFunction[]) =>
  pairFunctions(before, after).map(({ before: left, after: right, change }) => [
    left?.name,
    right?.name,
    change,
  ]);

describe('a function is found again', () => {
  test.each([
    { why: 'where it was', before: { body: 'a' }, after: { body: 'a' }, change: 'same' },
    { why: 'on another line', before: { body: 'a' }, after: { body: 'a', line: 9 }, change: 'same' },
    { why: 'with another body', before: { body: 'a' }, after: { body: 'b', line: 9 }, change: 'changed' },
    {
      why: 'in another file',
      before: { body: 'a' },
      after: { body: 'a', file: 'lib/x.ts' },
      change: 'moved',
    },
    { why: 'under another name', before: { body: 'a' }, after: { body: 'a', name: 'g' }, change: 'renamed' },
  ])('$why', ({ before, after, change }) =>
    expect(changes([old(before)], [now(after)])).toEqual([['f', after.name ?? 'f', change]]),
  );
});

describe('what cannot be told is not guessed at', () => {
  test('without a body, another file is another function', () =>
    expect(changes([old({})], [now({ file: 'lib/x.ts' })])).toEqual([
      ['f', undefined, 'gone'],
      [undefined, 'f', 'new'],
    ]));

  test('two of one body', () =>
    expect(
      changes([old({ body: 'a' })], [now({ body: 'a', name: 'g' }), now({ body: 'a', name: 'h' })]),
    ).toEqual([
      ['f', undefined, 'gone'],
      [undefined, 'g', 'new'],
      [undefined, 'h', 'new'],
    ]));
});

test('every function is in one pair', () => {
  const before = [old({ name: 'a', body: 'x' }), old({ name: 'b' }), old({ name: 'c', body: 'y' })];
  const after = [now({ name: 'c', body: 'z' }), now({ name: 'd', body: 'x' })];
  const pairs = pairFunctions(before, after);
  expect(new Set(pairs.flatMap((pair) => pair.before ?? []))).toEqual(new Set(before));
  expect(new Set(pairs.flatMap((pair) => pair.after ?? []))).toEqual(new Set(after));
});

test('150,000 functions of which none is on the other side', () => {
  const rows = (file: string) =>
    Array.from({ length: 150_000 }, (_, index) => reportFunction({ name: `${file}${index}`, file }));
  const pairs = pairFunctions(rows('a'), rows('b'));
  expect(pairs).toHaveLength(300_000);
  expect(pairs.at(-1)?.change).toBe('new');
});

describe('several functions of one name in one file', () => {
  const row = (line: number, body: string | null) => ({ name: '', line, body });

  test('are told apart by line and column, then by body', () => {
    const before = [old(row(1, 'a')), old(row(20, 'b')), old(row(30, 'c'))];
    const after = [now(row(1, 'a2')), now(row(25, 'c')), now(row(28, 'b'))];
    const pairs = pairFunctions(before, after);
    expect(pairs.map(({ before: left, after: right }) => [left?.line, right?.line])).toEqual([
      [1, 1],
      [20, 28],
      [30, 25],
    ]);
    expect(pairs.some(({ ambiguous }) => ambiguous)).toBe(false);
  });

  test('of which nothing tells which is which are marked so', () => {
    const pairs = pairFunctions(
      [old(row(1, null)), old(row(2, null))],
      [now(row(3, null)), now(row(4, null))],
    );
    expect(pairs.map(({ change, ambiguous }) => [change, ambiguous])).toEqual([
      ['gone', true],
      ['gone', true],
      ['new', true],
      ['new', true],
    ]);
  });
});
