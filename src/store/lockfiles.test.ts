import { describe, expect, test } from 'vitest';
import { lockedOnlyThere } from './lockfiles.ts';

const npm = (packages: Readonly<Record<string, object>>, version = '1.0.0') =>
  JSON.stringify(
    { name: 'p', version, lockfileVersion: 3, packages: { '': { version }, ...packages } },
    null,
    2,
  );
const at = (version: string) => ({
  version,
  resolved: `https://r/${version}.tgz`,
  integrity: `sha512-${version}`,
});

describe('package-lock.json', () => {
  const here = npm({ 'node_modules/a': at('1.0.0'), 'node_modules/b/node_modules/a': at('2.0.0') });

  test.each([
    { what: 'the project has another version', there: npm({ 'node_modules/a': at('1.0.0') }, '2.0.0') },
    { what: 'less is locked there', there: npm({}) },
    {
      what: 'what a package is for is of no account',
      there: npm({ 'node_modules/a': { ...at('1.0.0'), dev: true } }),
    },
  ])('$what: nothing is missing', ({ there }) => expect(lockedOnlyThere({ here, there })).toEqual([]));

  test.each([
    { there: npm({ 'node_modules/a': at('1.0.1') }), missing: ['a is 1.0.1 there and 1.0.0 here'] },
    { there: npm({ 'node_modules/a': at('2.0.0') }), missing: ['a is 2.0.0 there and 1.0.0 here'] },
    {
      there: npm({ 'node_modules/@s/c': at('1.0.0') }),
      missing: ['@s/c is 1.0.0 there and not installed here'],
    },
    {
      there: npm({ 'node_modules/lib': { resolved: 'lib', link: true } }),
      missing: ['lib is a link there and not installed here'],
    },
    {
      there: npm({ 'node_modules/a': { ...at('1.0.0'), integrity: 'sha512-other' } }),
      missing: ['a is 1.0.0 there and 1.0.0 here'],
    },
  ])('$missing', ({ there, missing }) => expect(lockedOnlyThere({ here, there })).toEqual(missing));
});

const pnpm = (version: string, more = '') => `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: ${version}
packages:
  a@${version}:
    resolution: {integrity: sha512-${version}}
${more}`;

describe('lockfiles that are lines below lines', () => {
  test('all that is locked there is locked here', () =>
    expect(
      lockedOnlyThere({
        here: pnpm('1.0.0', '  b@2.0.0:\n    resolution: {integrity: sha512-b}\n'),
        there: pnpm('1.0.0'),
      }),
    ).toEqual([]));

  test('another version, and where it is', () =>
    expect(lockedOnlyThere({ here: pnpm('1.0.0'), there: pnpm('1.0.1') })).toEqual([
      'importers > . > dependencies > a > version: 1.0.1',
      'packages > a@1.0.1 > resolution: {integrity: sha512-1.0.1}',
    ]));

  test('the same line below another one is something else', () => {
    const yarn = (first: string, second: string) =>
      `# yarn lockfile v1\n\na@^1:\n  version "${first}"\n\nb@^1:\n  version "${second}"\n`;
    expect(lockedOnlyThere({ here: yarn('1', '2'), there: yarn('2', '1') })).toEqual([
      'a@^1 > version "2"',
      'b@^1 > version "1"',
    ]);
  });
});
