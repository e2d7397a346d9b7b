import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profileFiles } from '../../src/store/profile-files.ts';
import { project } from '../support/outpace.ts';

const named = async (cwd: string, ...patterns: readonly string[]) =>
  (await profileFiles(cwd, patterns)).map(({ file }) => file.slice(cwd.length + 1));

const files = {
  'a/2.cpuprofile': '',
  'a/1.cpuprofile': '',
  'a/deep/3.cpuprofile': '',
  'a/x.txt': '',
  'b[1].json': '',
};

test('a glob is its files by name, a name itself, and each counts once', async () => {
  const cwd = await project(files);
  expect(await named(cwd, 'a/*.cpuprofile')).toEqual(['a/1.cpuprofile', 'a/2.cpuprofile']);
  expect(await named(cwd, 'a/**/*.cpuprofile')).toEqual([
    'a/1.cpuprofile',
    'a/2.cpuprofile',
    'a/deep/3.cpuprofile',
  ]);
  expect(await named(cwd, join(cwd, 'a/2.cpuprofile'), 'a/*.cpuprofile')).toEqual([
    'a/2.cpuprofile',
    'a/1.cpuprofile',
  ]);
  await symlink('2.cpuprofile', join(cwd, 'a/again.cpuprofile'));
  expect(await named(cwd, 'a/*.cpuprofile')).toEqual(['a/1.cpuprofile', 'a/2.cpuprofile']);
});

test('a file whose name looks like a glob is that file', async () =>
  expect(await named(await project(files), 'b[1].json')).toEqual(['b[1].json']));

test.each([
  { pattern: 'c/*.cpuprofile', code: 'MISSING_REPORT', says: "'c/*.cpuprofile' matches no file" },
  {
    pattern: 'a/4.cpuprofile',
    code: 'MISSING_REPORT',
    says: 'a/4.cpuprofile cannot be read: there is no such file',
  },
  { pattern: 'a/', code: 'USAGE', says: "a/ is a folder: name its profiles, such as 'a/*.cpuprofile'" },
  { pattern: 'd*', code: 'MISSING_REPORT', says: "'d*' matches no file" },
])('$pattern: $says', async ({ pattern, code, says }) => {
  const cwd = await project({ ...files });
  await mkdir(join(cwd, 'deep'));
  await writeFile(join(cwd, 'deep', 'file'), '');
  await expect(profileFiles(cwd, [pattern])).rejects.toMatchObject({ code, message: says });
});
