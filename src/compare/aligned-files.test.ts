import { expect, test } from 'vitest';
import { alignedFiles } from './aligned-files.ts';

/** Functions as `url name`. */
const frames = (...places: readonly string[]) =>
  places.map((place) => {
    const [url = '', name = ''] = place.split(' ');
    return { url, name, line: 1, column: 1 };
  });

function named(...recordings: readonly (readonly string[])[]): string[][] {
  const namers = alignedFiles(recordings.map((places) => frames(...places)));
  return recordings.map((places, index) =>
    places.map((place) => namers[index]?.(place.split(' ')[0] ?? '') ?? ''),
  );
}

test('one program in another folder on each machine', () =>
  expect(
    named(
      ['file:///home/a/app/src/one.js f', 'file:///home/a/app/lib/two.js g', 'node:fs readFileSync'],
      ['file:///srv/deploy/app/src/one.js f', 'file:///srv/deploy/app/lib/two.js g'],
      ['file:///C:/work/app/src/one.js f'],
    ),
  ).toEqual([['src/one.js', 'lib/two.js', 'node:fs'], ['src/one.js', 'lib/two.js'], ['src/one.js']]));

test('what was not sampled in one recording changes no name in another', () =>
  expect(
    named(
      ['file:///a/src/deep/one.js f'],
      ['file:///a/src/deep/one.js f', 'file:///a/index.js main'],
      ['file:///b/index.js main'],
    ),
  ).toEqual([['src/deep/one.js'], ['src/deep/one.js', 'index.js'], ['index.js']]));

test('a package is the same wherever it is installed', () =>
  expect(
    named(
      ['file:///a/app/node_modules/x/node_modules/y/i.js f', 'file:///a/app/src/m.js main'],
      ['file:///b/node_modules/x/node_modules/y/i.js f', 'file:///b/src/m.js main'],
    ),
  ).toEqual([
    ['node_modules/x/node_modules/y/i.js', 'm.js'],
    ['node_modules/x/node_modules/y/i.js', 'm.js'],
  ]));

test('the most functions decide; a name that two files share decides nothing', () =>
  expect(
    named(
      ['file:///a/x/i.js f', 'file:///a/y/i.js g', 'file:///a/p/i.js run', 'file:///a/q/i.js run'],
      ['file:///b/x/i.js f', 'file:///b/y/i.js g', 'file:///b/q/i.js run'],
      ['file:///b/x/i.js f', 'file:///b/y/i.js g', 'file:///elsewhere/i.js run'],
    ),
  ).toEqual([
    ['a/x/i.js', 'a/y/i.js', 'a/p/i.js', 'a/q/i.js'],
    ['a/x/i.js', 'a/y/i.js', 'a/q/i.js'],
    // Not found again; it leaves less in common to leave out.
    ['a/x/i.js', 'a/y/i.js', 'elsewhere/i.js'],
  ]));

test('programs with nothing in common are named from their own folders', () =>
  expect(named(['file:///a/old/i.js f'], ['file:///b/new/i.js g'])).toEqual([['i.js'], ['i.js']]));

test('no functions at all', () => expect(named([], [])).toEqual([[], []]));
