import { expect, test } from 'vitest';
import { sameStoredOutput } from './stored-output.ts';

const output = (sha256: string, form?: 'bytes' | 'value' | 'nothing') => ({
  sha256,
  sizeBytes: 1,
  ...(form === undefined ? {} : { form }),
});

test.each([
  { what: 'the same hash', before: output('a', 'value'), after: output('a', 'value'), equal: true },
  { what: 'another hash', before: output('a', 'bytes'), after: output('b', 'bytes'), equal: false },
  { what: 'bytes against a value', before: output('a', 'bytes'), after: output('b', 'value'), equal: false },
  { what: 'two older files', before: output('a'), after: output('b'), equal: false },
  { what: 'an older file with bytes', before: output('a'), after: output('b', 'bytes'), equal: false },
  { what: 'an older file with a value', before: output('a'), after: output('b', 'value'), equal: null },
  { what: 'the other way round', before: output('b', 'value'), after: output('a'), equal: null },
  {
    what: 'an older file with the same bytes',
    before: output('a'),
    after: output('a', 'bytes'),
    equal: true,
  },
  {
    what: 'nothing that could be hashed',
    before: output('', 'value'),
    after: output('', 'value'),
    equal: null,
  },
])('$what: $equal', ({ before, after, equal }) => {
  expect(sameStoredOutput(before, after)).toBe(equal);
});
