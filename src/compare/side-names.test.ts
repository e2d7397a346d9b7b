import { expect, test } from 'vitest';
import { sideNames } from './side-names.ts';

test.each([
  { before: ['/r/a/1', '/r/a/2'], after: ['/r/b/1', '/r/b/2'], names: ['a', 'b'] },
  { before: ['/r/v1/eu/1', '/r/v1/us/2'], after: ['/r/v2/eu/1', '/r/v2/us/2'], names: ['v1', 'v2'] },
  { before: ['/r/1', '/r/2'], after: ['/r/3'], names: ['before', 'after'] },
  { before: ['/r/1', '/r/2'], after: ['/r/b/3', '/r/b/4'], names: ['before', 'after'] },
  { before: ['C:\\r\\a\\1'], after: ['C:\\r\\b\\1'], names: ['a', 'b'] },
])('$before and $after', ({ before, after, names: [old, now] }) =>
  expect(sideNames(before, after)).toEqual({ before: old, after: now }),
);
