/** A config module is a program: whatever it does, it is read or rejected by name. */
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfigModule } from '../../src/capture/config-process.ts';
import { loadConfig } from '../../src/store/config.ts';
import { project } from '../support/outpace.ts';

const NEVER = new AbortController().signal;

function load(root: string, limits: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {}) {
  const readModule = (file: string) => readConfigModule(file, { signal: NEVER, ...limits });
  return loadConfig(root, { jobName: null, readModule });
}

async function rejection(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await project(files);
  const error = await load(root).then(
    () => expect.fail('it was read'),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'MALFORMED_CONFIG' });
  return String((error as Error).message).replaceAll(root, '');
}

describe('read', () => {
  test.each([
    { what: 'leaves a timer', text: 'setInterval(() => 0, 10); export default { job: "j" };' },
    {
      what: 'leaves a server',
      text: 'import { createServer } from "node:http"; createServer().listen(0); export default { job: "j" };',
    },
    { what: 'is a promise', text: 'export default Promise.resolve({ job: "j" });' },
    { what: 'waits', text: 'await new Promise((go) => setTimeout(go, 5)); export default { job: "j" };' },
    { what: 'has getters', text: 'export default { get job() { return "j"; } };' },
    { what: 'is a proxy', text: 'export default new Proxy({ job: "j" }, {});' },
    { what: 'says goodbye', text: 'process.on("exit", () => process.exit(7)); export default { job: "j" };' },
    { what: 'changes folder', text: 'process.chdir("/"); export default { job: "j" };' },
    { what: 'names nothing else', text: 'export default { job: "j", timeout: undefined };' },
  ])('one that $what', async ({ text }) => {
    expect((await load(await project({ 'outpace.config.mjs': text }))).job).toBe('j');
  });

  test.each([
    { name: 'js', text: 'module.exports = { job: "j" };' },
    { name: 'cjs', text: 'module.exports = { job: "j" };' },
    { name: 'cts', text: 'const job: string = "j"; module.exports = { job };' },
    { name: 'cjs', text: 'exports.__esModule = true; exports.default = { job: "j" };' },
    { name: 'json', text: '\uFEFF{"job":"j"}' },
  ])('.$name: $text', async ({ name, text }) => {
    expect((await load(await project({ [`outpace.config.${name}`]: text }))).job).toBe('j');
  });

  test('it runs once, and what it sets in the environment is kept', async () => {
    const root = await project({
      'outpace.config.mjs':
        'process.env.OUTPACE_TEST_SET = "1"; delete process.env.OUTPACE_TEST_GONE; export default {};',
    });
    process.env.OUTPACE_TEST_GONE = 'here';
    await load(root);
    expect(process.env.OUTPACE_TEST_SET).toBe('1');
    expect(process.env.OUTPACE_TEST_GONE).toBeUndefined();
    delete process.env.OUTPACE_TEST_SET;
  });

  test('an equal, in a job whose name is no identifier', async () => {
    const root = await project({
      'outpace.config.mjs': 'export default { jobs: { "my.job": { equal: () => true } } };',
    });
    expect(await load(root)).toMatchObject({ job: 'my.job', hasEqual: true });
  });

  test('an input keeps every key', async () => {
    const root = await project({
      'outpace.config.json': '{"input":{"constructor":1,"__proto__":2,"a b":[null,"\\ud800"]}}',
    });
    const { input } = await load(root);
    expect(Object.entries(input)).toEqual([
      ['constructor', 1],
      ['__proto__', 2],
      ['a b', [null, '\ud800']],
    ]);
  });
});

describe('rejected by name', () => {
  test.each([
    { text: 'process.exit(0); export default {};', says: 'ended its process with exit code 0' },
    { text: 'process.kill(process.pid, "SIGKILL"); await 0;', says: 'was ended by SIGKILL' },
    { text: 'await new Promise(() => {}); export default {};', says: 'a promise that never settles' },
    { text: 'export default new Promise(() => {});', says: 'a promise that never settles' },
    { text: 'export default () => ({});', says: 'its default export is a function' },
    { text: 'export default [];', says: 'its default export is an array' },
    { text: 'export const config = {};', says: 'it has no default export (it exports config)' },
    { text: '', says: 'it has no default export: write export default' },
    { text: 'export default new Map();', says: 'the default export is an instance of Map' },
    { text: 'throw "a text";', says: "it threw 'a text', which is not an Error" },
    { text: 'throw undefined;', says: 'it threw undefined' },
    { text: 'throw Object.create(null);', says: 'it threw [Object: null prototype] {}' },
    {
      text: 'setTimeout(() => { throw new Error("late"); }); await new Promise(() => setInterval(() => 0));',
      says: 'cannot be loaded: late',
    },
    { text: 'export default { get job() { throw new Error("no"); } };', says: 'cannot be loaded: no' },
    { text: 'export default { job: };', says: "Unexpected token '}'" },
    { text: 'export default { equal: true };', says: 'equal: expected a function' },
    { text: 'export default { timeout: Infinity };', says: 'timeout is Infinity' },
    { text: 'export default { before: () => "old" };', says: 'before is a function' },
  ])('$text', async ({ text, says }) => {
    const message = await rejection({ 'outpace.config.mjs': text });
    expect(message).toMatch(/^\/outpace\.config\.mjs/);
    expect(message).toContain(says);
  });

  test.each([
    { value: '{ items: [1, { size: 5n }] }', says: 'input.items[1].size is a BigInt' },
    {
      value: '(() => { const a = { b: {} }; a.b.c = a; return a; })()',
      says: 'input.b.c refers back to input',
    },
    { value: '{ each: (x) => x }', says: 'input.each is a function' },
    { value: '{ "a-b": Symbol("s") }', says: 'input["a-b"] is a symbol' },
    { value: '{ [Symbol("s")]: 1 }', says: 'input has a symbol as a key' },
    { value: '{ from: new Date(0) }', says: 'input.from is an instance of Date' },
    { value: '{ by: new Map() }', says: 'input.by is an instance of Map' },
    { value: '{ bytes: new Uint8Array(2) }', says: 'input.bytes is an instance of Uint8Array' },
    { value: '{ size: 0 / 0 }', says: 'input.size is NaN' },
    { value: '{ size: -0 }', says: 'input.size is -0' },
    { value: '{ list: [1, , 2] }', says: 'input.list is an array with holes' },
    { value: '{ list: [undefined] }', says: 'input.list[0] is undefined' },
    { value: '5', says: 'input: expected an object' },
  ])('the input $value', async ({ value, says }) => {
    expect(await rejection({ 'outpace.config.mjs': `export default { input: ${value} };` })).toContain(says);
  });

  test.each([
    { name: 'json', text: '{"job":"x",}', says: 'JSON at position 11' },
    { name: 'json', text: '{"input":{"n":1e999}}', says: 'input.n is Infinity' },
    { name: 'json', text: '{"equal":true}', says: 'equal: expected a function' },
    { name: 'yaml', text: 'job: x', says: 'name it outpace.config with one of .ts' },
  ])('.$name: $text', async ({ name, text, says }) => {
    expect(await rejection({ [`outpace.config.${name}`]: text })).toContain(says);
  });

  test('two at once', async () => {
    expect(await rejection({ 'outpace.config.ts': '', 'outpace.config.js': '' })).toContain(
      'has both outpace.config.ts and outpace.config.js: keep one of them',
    );
  });

  test('a folder, and a link that leads nowhere', async () => {
    const root = await project({});
    await mkdir(join(root, 'outpace.config.ts'));
    await expect(load(root)).rejects.toThrow(/outpace\.config\.ts cannot be loaded: it is a folder/);
    const other = await project({});
    await symlink('nowhere.ts', join(other, 'outpace.config.ts'));
    await expect(load(other)).rejects.toThrow(/outpace\.config\.ts cannot be loaded: ENOENT/);
  });

  test.each(['await new Promise(() => setInterval(() => 0, 10)); export default {};', 'for (;;);'])(
    'one that is never done ends at its time limit, or when it is no longer wanted: %s',
    async (text) => {
      const root = await project({ 'outpace.config.mjs': text });
      await expect(load(root, { timeoutMs: 400 })).rejects.toThrow(/had not finished after 0\.4 s/);
      await expect(load(root, { signal: AbortSignal.timeout(300) })).rejects.toMatchObject({
        code: 'INTERRUPTED',
      });
    },
  );
});
