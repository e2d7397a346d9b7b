import { expect, test } from 'vitest';
import { pairedFiles } from './paired-files.ts';

/** Functions as `file name`. */
const places = (all: readonly string[]) =>
  all.map((place) => {
    const [file = '', name = 'f'] = place.split(' ');
    return { file, name };
  });

const pairs = (before: readonly string[], after: readonly string[]) => {
  const files = pairedFiles(places(before), places(after));
  return places(before).map(({ file }) =>
    places(after)
      .filter((other) => files.after(other.file) === files.before(file))
      .map((other) => other.file),
  );
};

test.each([
  { what: 'the same name', before: 'src/a.js', after: 'src/a.js' },
  { what: 'another folder', before: 'file:///srv/a/srv/src/lib/a.js', after: 'file:///srv/b/src/lib/a.js' },
  { what: 'another drive', before: 'C:\\one\\work\\src\\a.js', after: 'D:\\two\\src\\a.js' },
  { what: 'another case of the drive', before: 'c:\\work\\a.js', after: 'C:\\work\\a.js' },
  { what: 'a url and a path', before: 'file:///srv/%C3%A9/a.js', after: '/srv/é/a.js' },
  { what: 'a query', before: 'file:///srv/a.js?t=1', after: 'file:///srv/a.js?t=2' },
  { what: 'its implementation’s folder', before: 'impl-old/a.js', after: 'impl-new/a.js' },
  { what: 'another folder of implementations', before: 'slow/job.js run', after: 'fast/job.js run' },
  { what: 'entries of other names', before: 'jobs/slow.js run', after: 'jobs/fast.js run' },
  {
    what: 'another version',
    before: 'node_modules/.pnpm/x@1.0.0/node_modules/x/i.js',
    after: 'node_modules/x/i.js',
  },
  {
    what: 'within another package',
    before: 'node_modules/y/node_modules/x/i.js',
    after: 'node_modules/x/i.js',
  },
  { what: 'another build', before: 'dist/chunk-Ab3dE9xZ.js', after: 'dist/chunk-Zz9yX8wV.js' },
])('$what is no difference', ({ before, after }) =>
  expect(pairs([before], [after])).toEqual([[after.split(' ')[0]]]),
);

test.each([
  { what: 'another name', before: ['src/a.js'], after: ['src/b.js'] },
  { what: 'another package', before: ['node_modules/x/index.js'], after: ['node_modules/y/index.js'] },
  { what: 'a module of Node', before: ['node:fs'], after: ['fs'] },
  { what: 'nothing in common but index.js', before: ['x/index.js g'], after: ['y/index.js h'] },
  { what: 'two of one name, as near', before: ['x/a.js', 'y/a.js'], after: ['z/a.js'] },
])('$what is another file', ({ before, after }) =>
  expect(pairs(before, after)).toEqual(before.map(() => [])),
);

test('of several of one name, the one in the folders of the same names', () =>
  expect(
    pairs(['/a/src/x/index.js', '/a/src/y/index.js'], ['/b/src/y/index.js', '/b/src/x/index.js']),
  ).toEqual([['/b/src/x/index.js'], ['/b/src/y/index.js']]));
