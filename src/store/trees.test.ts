import { expect, test } from 'vitest';
import { isInside, isInstalled, optionsThere } from './trees.ts';

test.each([
  { path: '/a/b', inside: true },
  { path: '/a/b/c', inside: true },
  { path: '/a/bc', inside: false },
  { path: '/a', inside: false },
  { path: '/a/b/..c', inside: true },
])('$path is in /a/b: $inside', ({ path, inside }) => expect(isInside('/a/b', path)).toBe(inside));

test('only a node_modules below the folder counts', () => {
  expect(isInstalled('/x/node_modules/a', '/x/node_modules/a/src/b.js')).toBe(false);
  expect(isInstalled('/x', '/x/node_modules/a/b.js')).toBe(true);
});

test.each([
  { option: '/repo/hooks.mjs', there: '/tree/hooks.mjs' },
  { option: '--import=/repo/hooks.mjs', there: '--import=/tree/hooks.mjs' },
  { option: '--import=file:///repo/a%20b.mjs', there: '--import=file:///tree/a%20b.mjs' },
  { option: 'file:///repo/hooks.mjs', there: 'file:///tree/hooks.mjs' },
  { option: './hooks.mjs', there: './hooks.mjs' },
  { option: '--import=/other/repo/hooks.mjs', there: '--import=/other/repo/hooks.mjs' },
  { option: '--import=/repository/hooks.mjs', there: '--import=/repository/hooks.mjs' },
  { option: 'tsx', there: 'tsx' },
])('the option $option is $there in the other tree', ({ option, there }) =>
  expect(optionsThere({ here: '/repo', there: '/tree' }, [option])).toEqual([there]),
);
