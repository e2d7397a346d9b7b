import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeStarter } from '../../src/store/starter.ts';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';

const files = async (root: string) => (await readdir(root, { recursive: true })).toSorted();

describe('init', () => {
  test('without a terminal it asks nothing, and what it writes is there', async () => {
    const root = await project({ 'package.json': '{"name":"@me/thing","type":"module"}' });
    const { stdout, exitCode } = await outpace(root, ['init']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('wrote  impl-new/index.ts');
    expect(await files(root)).toEqual([
      '.github',
      join('.github', 'workflows'),
      join('.github', 'workflows', 'outpace.yml'),
      '.gitignore',
      'impl-new',
      join('impl-new', 'index.ts'),
      'impl-old',
      join('impl-old', 'index.ts'),
      'outpace.config.ts',
      'package.json',
    ]);
    expect(await readFile(join(root, 'outpace.config.ts'), 'utf8')).toContain("job: 'me-thing'");
    expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe('profiles/\nreports/\n');
  });

  test('it never overwrites', async () => {
    const mine = {
      'package.json': '{}',
      'outpace.config.json': '{"job":"mine"}',
      'impl-old/index.js': 'mine',
      '.github/workflows/outpace.yml': 'mine',
      '.gitignore': 'node_modules\nreports/',
    };
    const root = await project(mine);
    const { stdout, exitCode } = await outpace(root, ['init', '--yes']);
    expect(exitCode).toBe(0);
    for (const kept of ['outpace.config.json', 'impl-old', '.github/workflows/outpace.yml'])
      expect(stdout).toContain(`kept   ${kept}, which was there`);
    for (const [file, text] of Object.entries(mine).filter(([file]) => file !== '.gitignore'))
      expect(await readFile(join(root, file), 'utf8')).toBe(text);
    expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe('node_modules\nreports/\nprofiles/\n');
    // A package without modules: the file's name says what it is.
    expect(await readdir(join(root, 'impl-new'))).toEqual(['index.mts']);
  });

  test('a second time it changes nothing', async () => {
    const root = await project({});
    await outpace(root, ['init']);
    const before = await files(root);
    const { stdout } = await outpace(root, ['init']);
    expect(stdout).not.toContain('wrote');
    expect(await files(root)).toEqual(before);
  });

  test.each([
    { type: 'module', names: ['index.js'] },
    { type: 'commonjs', names: ['index.mjs'] },
  ])('JavaScript in a package of type $type', async ({ type, names }) => {
    const root = await project({ 'package.json': JSON.stringify({ type }) });
    await writeStarter(root, { language: 'js', job: 'mine', workflow: false });
    expect(await readdir(join(root, 'impl-old'))).toEqual(names);
    expect(await readdir(root)).not.toContain('.github');
    expect(await readFile(join(root, 'impl-old', names[0] ?? ''), 'utf8')).not.toContain(': number');
  });
});

describe('env', () => {
  test('tells versions, machine, settings and implementations', async () => {
    const root = await project({ 'impl-old/index.mjs': '', 'outpace.config.json': '{"job":"mine"}' });
    const { stdout, exitCode } = await outpace(root, ['env', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      kind: 'environment',
      packages: { outpace: expect.stringMatching(/^\d/), '0x': expect.stringMatching(/^6/) },
      job: 'mine',
      implementations: ['old'],
      configError: null,
    });
    expect((await outpace(root, ['env'])).stdout).toMatch(/^implementations +old$/m);
  });

  test('a config that cannot be used is part of what it tells', async () => {
    const root = await project({ 'outpace.config.json': '{"jobb":1}' });
    const { stdout, exitCode } = await outpace(root, ['env']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^config .*outpace\.config\.json: jobb/m);
  });
});

test.each([
  'profile',
  'compare',
  'bench',
  'gain',
  'run',
  'scale',
  'check',
  'export',
  'flame',
  'doctor',
  'bubble',
  'heap',
  'init',
  'env',
])('%s --help has an example', async (command) => {
  const { stdout, exitCode } = await outpace(await project({}), [command, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`Examples?:\n {2}outpace ${command}`));
  expect(stdout).not.toMatch(/default: (false|\{\})/);
});
