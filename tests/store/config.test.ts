import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig, overrideInput } from '../../src/store/config.ts';
import { findImplementations, resolveImplementation } from '../../src/store/implementations.ts';
import { project } from '../support/outpace.ts';

describe('settings', () => {
  test('without a file: the folder’s name, old and new, nothing to put in', async () => {
    const root = await project({});
    expect(await loadConfig(root)).toMatchObject({
      job: basename(root),
      before: 'old',
      after: 'new',
      input: {},
      tolerance: 0.02,
      interval: 500,
      timeout: 300_000,
    });
  });

  test('the job is named for the package, its scope’s slash taken out', async () => {
    const root = await project({ 'package.json': '{"name":"@me/thing"}' });
    expect((await loadConfig(root)).job).toBe('me-thing');
  });

  test.each(['ts', 'mts', 'js', 'mjs', 'json'])('outpace.config.%s is read', async (extension) => {
    const value = '{"job":"mine"}';
    const root = await project({
      'package.json': '{"type":"module"}',
      [`outpace.config.${extension}`]: extension === 'json' ? value : `export default ${value};`,
    });
    expect((await loadConfig(root)).job).toBe('mine');
  });

  test.each([
    { text: '{"jobb":"x"}', says: 'jobb' },
    { text: '{"job":"a/b"}', says: 'job: expected letters, digits' },
    { text: '{"tolerance":2}', says: 'tolerance' },
    { text: '{"timeout":0}', says: 'timeout' },
    { text: '[]', says: 'default export' },
    { text: '{', says: 'cannot be loaded' },
  ])('$text is refused for $says', async ({ text, says }) => {
    const root = await project({ 'outpace.config.json': text });
    await expect(loadConfig(root)).rejects.toMatchObject({
      code: 'MALFORMED_CONFIG',
      message: expect.stringMatching(new RegExp(`outpace\\.config\\.json.*${says}`)),
    });
  });
});

describe('the input', () => {
  test.each([
    { pair: 'users=10', value: { users: 10 } },
    { pair: 'users=ten', value: { users: 'ten' } },
    { pair: 'users="10"', value: { users: '10' } },
    { pair: 'users=a=b', value: { users: 'a=b' } },
    { pair: 'users=', value: { users: '' } },
  ])('$pair', ({ pair, value }) => expect(overrideInput({ users: 1 }, [pair])).toEqual(value));

  test.each(['users', '=1', 'user=1', '__proto__=1'])('%s is refused', (pair) => {
    expect(() => overrideInput({ users: 1 }, [pair])).toThrow('--input');
  });
});

describe('implementations', () => {
  test('are folders with an index module', async () => {
    const root = await project({
      'impl-old/index.ts': '',
      'impl-new/index.cjs': '',
      'impl-empty/readme.md': '',
      'impl-file': '',
    });
    const { implementations, withoutEntry } = await findImplementations(root);
    expect([...implementations.keys()].toSorted()).toEqual(['new', 'old']);
    expect(withoutEntry).toEqual(['impl-empty']);
    await expect(resolveImplementation(root, 'empty')).rejects.toMatchObject({
      message: expect.stringContaining('impl-empty has none of index.ts'),
    });
  });

  test.each([
    'Old',
    '',
    '../impl-old',
    'old/../new',
    'old/',
    '/etc',
    'old\u0000',
    '__proto__',
    'constructor',
  ])('%j is only ever a key', async (name) => {
    const root = await project({ 'impl-old/index.ts': '' });
    await expect(resolveImplementation(root, name)).rejects.toMatchObject({
      code: 'UNKNOWN_IMPLEMENTATION',
      message: expect.stringContaining(
        "Unknown implementation specified. Use 'old' or 'new'. (BE MINDFUL OF CAPITALISATION!!)",
      ),
    });
  });

  test('a folder that is not there', async () => {
    await expect(findImplementations('/nowhere/at/all')).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});
