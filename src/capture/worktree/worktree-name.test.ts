import { expect, test } from 'vitest';
import { ownerOf, thisOwner, worktreeName } from './worktree-name.ts';

test('a name says whose the worktree is', () => {
  const owner = { machine: '0123abcd', pid: 4711 };
  expect(ownerOf(worktreeName(owner, '0123456789ab'))).toEqual(owner);
  expect(ownerOf(worktreeName(thisOwner(), '0123456789ab'))).toEqual(thisOwner());
});

test.each([
  'tree',
  'outpace-check',
  'outpace-check-mine',
  'outpace-check-0123abcd-4711-0123456789abc',
  'outpace-check-0123abcd-x-0123456789ab',
  'my-outpace-check-0123abcd-4711-0123456789ab',
  'outpace-check-0123abcd-4711-0123456789ab2',
])('%s is not ours', (name) => {
  expect(ownerOf(name)).toBeNull();
});
