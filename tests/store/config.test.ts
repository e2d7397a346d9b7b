import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfigModule } from '../../src/capture/config-process.ts';
import { type Config, loadConfig, overrideInput } from '../../src/store/config.ts';
import { findImplementations, resolveImplementation } from '../../src/store/implementations.ts';
import { quickInput } from '../../src/store/quick-input.ts';
import { project } from '../support/outpace.ts';

/** As a command loads it. */
function load(root: string, jobName: string | null = null): Promise<Config> {
  const { signal } = new AbortController();
  return loadConfig(root, { jobName, readModule: (file) => readConfigModule(file, { signal }) });
}

describe('settings', () => {
  test('without a file: the folder’s name, old and new, nothing to put in', async () => {
    const root = await project({});
    expect(await load(root)).toMatchObject({
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
    expect((await load(root)).job).toBe('me-thing');
  });

  test.each(['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'])(
    'outpace.config.%s is read',
    async (extension) => {
      const value = '{"job":"mine"}';
      const textOf = (kind: string) =>
        kind === 'json'
          ? value
          : kind.startsWith('c')
            ? `module.exports = ${value};`
            : `export default ${value};`;
      const root = await project({
        'package.json': '{"type":"module"}',
        [`outpace.config.${extension}`]: textOf(extension),
      });
      expect((await load(root)).job).toBe('mine');
    },
  );

  test.each([
    { text: '{"jobb":"x"}', says: 'jobb' },
    { text: '{"job":"a/b"}', says: 'job: expected letters, digits' },
    { text: '{"tolerance":2}', says: 'tolerance' },
    { text: '{"timeout":0}', says: 'timeout' },
    { text: '[]', says: 'default export' },
    { text: '{', says: 'cannot be loaded' },
  ])('$text is refused for $says', async ({ text, says }) => {
    const root = await project({ 'outpace.config.json': text });
    await expect(load(root)).rejects.toMatchObject({
      code: 'MALFORMED_CONFIG',
      message: expect.stringMatching(new RegExp(`outpace\\.config\\.json.*${says}`)),
    });
  });
});

describe('the input', () => {
  test('values are laid over the configured ones', () =>
    expect(overrideInput({ users: 1, seed: 2 }, { users: 10 })).toEqual({ users: 10, seed: 2 }));

  test('a job without an input takes any key', () =>
    expect(overrideInput({}, { size: 1 })).toEqual({ size: 1 }));

  test.each(['user', '__proto__', 'constructor'])('%s, which the job has not, is refused', (key) => {
    expect(() => overrideInput({ users: 1 }, Object.fromEntries([[key, 1]]))).toThrow(
      `input ${key}: the input of this job has users`,
    );
  });
});

describe('quick', () => {
  const config = (settings: object) => ({ 'outpace.config.json': JSON.stringify(settings) });

  test('lays its input over that of the job, key by key', async () => {
    const root = await project(config({ input: { rows: 500, seed: 1 }, quick: { input: { rows: 5 } } }));
    expect(quickInput(await load(root))).toEqual({ rows: 5, seed: 1 });
  });

  test('says nothing of an input where it is not set', async () => {
    const root = await project(config({ input: { users: 100_000 } }));
    expect(quickInput(await load(root))).toEqual({ users: 100_000 });
  });

  test('may differ from job to job', async () => {
    const jobs = { a: { quick: { budget: 10 } }, b: { input: { n: 9 }, quick: { input: { n: 1 } } } };
    const root = await project(config({ jobs }));
    expect(await load(root, 'a')).toMatchObject({ quick: { budget: 10 } });
    expect(quickInput(await load(root, 'b'))).toEqual({ n: 1 });
  });

  test('names a key that the input does not have', async () => {
    const root = await project(config({ job: 'sum', input: { rows: 500 }, quick: { input: { users: 5 } } }));
    const loaded = await load(root);
    expect(() => quickInput(loaded)).toThrow(
      /outpace\.config\.json: quick\.input\.users: the input of the job sum has only rows$/,
    );
  });

  test.each([
    { quick: { budget: 0 }, key: 'quick.budget' },
    { quick: { samplingRuns: 1.5 }, key: 'quick.samplingRuns' },
    { quick: { users: 1 }, key: 'quick.users' },
    { quick: true, key: 'quick' },
  ])('$quick is refused', async ({ quick, key }) => {
    await expect(load(await project(config({ quick })))).rejects.toThrow(`outpace.config.json: ${key}: `);
  });
});

describe('an input given besides the config', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  test.each([
    { value: 1n, says: 'input.x is a BigInt' },
    { value: cyclic, says: 'input.x.self refers back to input.x' },
    { value: { list: [() => 1] }, says: 'input.x.list[0] is a function' },
    { value: Symbol('s'), says: 'input.x is a symbol' },
    { value: Number.POSITIVE_INFINITY, says: 'input.x is Infinity' },
  ])('is refused where $says', ({ value, says }) => {
    expect(() => overrideInput({}, { x: value })).toThrow(says);
  });

  test('leaves a key as it is whose value is undefined', () =>
    expect(overrideInput({ seed: 1 }, { seed: undefined })).toEqual({ seed: 1 }));
});

describe('several jobs', () => {
  const files = {
    'outpace.config.json': JSON.stringify({
      tolerance: 0.05,
      implementations: { base: './base.mjs' },
      jobs: {
        parse: { input: { size: 1 }, implementations: { fast: './fast.mjs' } },
        print: { tolerance: 0.1, before: 'slow' },
      },
    }),
  };

  test('one is named; what it leaves out is as above it', async () => {
    const root = await project(files);
    expect(await load(root, 'parse')).toMatchObject({
      job: 'parse',
      input: { size: 1 },
      tolerance: 0.05,
      before: 'old',
      implementations: { base: './base.mjs', fast: './fast.mjs' },
    });
    expect(await load(root, 'print')).toMatchObject({
      job: 'print',
      input: {},
      tolerance: 0.1,
      before: 'slow',
    });
  });

  test('none is named', async () => {
    await expect(load(await project(files))).rejects.toMatchObject({
      code: 'USAGE',
      message: "which job? Say --job with one of 'parse', 'print'",
    });
    const only = await project({ 'outpace.config.json': '{"jobs":{"parse":{"input":{"size":1}}}}' });
    expect(await load(only)).toMatchObject({ job: 'parse', input: { size: 1 } });
    const chosen = await project({ 'outpace.config.json': '{"job":"b","jobs":{"a":{},"b":{}}}' });
    expect((await load(chosen)).job).toBe('b');
  });

  test.each(['sing', '__proto__', 'constructor'])('%s, which is not there, is refused', async (name) => {
    await expect(load(await project(files), name)).rejects.toMatchObject({
      code: 'USAGE',
      message: `there is no job "${name}"; known here: 'parse', 'print'`,
    });
    await expect(load(await project({}), name)).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('implementations', () => {
  test('from the settings: a module, a folder, an installed package; the settings come first', async () => {
    const root = await project({
      'lib/a.mjs': '',
      'lib/folder/index.ts': '',
      'impl-old/index.ts': '',
      'node_modules/@me/thing/package.json': '{"exports":{"./job":{"import":"./job.mjs"}}}',
      'node_modules/@me/thing/job.mjs': '',
    });
    const places = { old: './lib/a.mjs', folder: './lib/folder', package: '@me/thing/job' };
    const entryOf = async (name: string) => (await resolveImplementation(root, name, places)).entry;
    expect(await entryOf('old')).toBe(join(root, 'lib/a.mjs'));
    expect(await entryOf('folder')).toBe(join(root, 'lib/folder/index.ts'));
    expect(await realpath(await entryOf('package'))).toBe(
      await realpath(join(root, 'node_modules/@me/thing/job.mjs')),
    );
  });

  test.each(['./nowhere.mjs', './empty', 'no-such-package', '../', 'lib/a.mjs'])(
    'a place that leads nowhere is refused: %s',
    async (place) => {
      const root = await project({ 'lib/a.mjs': '', 'empty/readme.md': '' });
      await expect(resolveImplementation(root, 'x', { x: place })).rejects.toMatchObject({
        code: 'MALFORMED_CONFIG',
        message: expect.stringContaining(`implementations.x: ${JSON.stringify(place)}`),
      });
    },
  );

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
