/** What counts as the same output, across two processes. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';

/** What is compared comes from real processes; how long they take does not matter here. */
const outpace = (root: string, args: readonly string[]) =>
  outpaceHere(root, args, { machine: hybridMachine(() => ({ wallMs: 5 })).world });

const EQUAL =
  "export default { job: 'j', equal: (before, after) => before.items[0].done() === after.items[0].done() };";

function sides(before: string, after: string, files: Readonly<Record<string, string>> = {}) {
  return project({
    'impl-old/index.mjs': `import vm from 'node:vm'; export const run = () => ${before};`,
    'impl-new/index.mjs': `export const run = () => ${after};`,
    ...files,
  });
}

const CHAIN = '{ let at = null; for (let i = 0; i < 1e6; i += 1) at = { i, next: at }; return at; }';
const GRAPH = '{ let at = 1; for (let i = 0; i < 30; i += 1) at = { a: at, b: at }; return at; }';

describe('equal', () => {
  test.each([
    ['a million levels', CHAIN, CHAIN],
    ['2^30 paths', GRAPH, GRAPH],
    [
      'bytes, however they come',
      "Buffer.from('ab')",
      "(function* () { yield Buffer.from('a'); yield Buffer.from('b'); })()",
    ],
    ['buffers', 'Uint8Array.of(1).buffer', 'Buffer.of(1)'],
    ['bytes of another realm', "vm.runInNewContext('Uint8Array.of(1)')", 'Buffer.of(1)'],
    [
      'files',
      "new File(['a'], 'b')",
      "new Promise((done) => setTimeout(done, 5)).then(() => new File(['a'], 'b'))",
    ],
  ])('%s', async (_, before, after) => {
    const root = await sides(before, after);
    const { exitCode, stdout, stderr } = await outpace(root, ['bench', '--pairs', '1']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('the outputs are equal');
    expect(stdout).not.toContain('nothing was compared');
  });
});

describe('different', () => {
  test.each([
    [
      'a number and its digits',
      '42',
      "Buffer.from('42')",
      ['one is bytes', 'old: a value that is not bytes', 'new: 2 bytes'],
    ],
    [
      'buffers in an object',
      '({ a: new ArrayBuffer(3) })',
      '({ a: new ArrayBuffer(999) })',
      ['$.a\n', 'old: $.a = 3 bytes', 'new: $.a = 999 bytes'],
    ],
    [
      'a part deep down',
      "({ a: [new Map([['b', { c: '1' }]])] })",
      "({ a: [new Map([['b', { c: 1 }]])] })",
      ['$.a[0].get("b").c\n', '.c = "1"\n', '.c = 1\n'],
    ],
  ])('%s', async (_, before, after, says) => {
    const root = await sides(before, after);
    const { exitCode, stderr } = await outpace(root, ['bench', '--pairs', '1']);
    expect(exitCode).toBe(3);
    for (const part of says) expect(stderr).toContain(part);
  });
});

describe('what cannot be compared', () => {
  const UNREADABLE = '({ items: [{ done: () => 1 }] })';

  test.each(['bench', 'gain', 'scale'])('%s names the path and what to do', async (command) => {
    const root = await sides(UNREADABLE, UNREADABLE);
    const sizes = command === 'scale' ? ['--sizes', '1,2', '--key', 'n'] : [];
    const { exitCode, stdout, stderr } = await outpace(root, [command, ...sizes]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('old: the output cannot be compared: $.items[0].done is a function.');
    expect(stderr).toContain('`equal(before, after)` in the config');
    expect(stderr).not.toContain('    at ');
  });

  test('the advice works: the config has an equal() for it', async () => {
    const root = await sides(UNREADABLE, UNREADABLE, { 'outpace.config.mjs': EQUAL });
    expect((await outpace(root, ['bench', '--pairs', '1', '--quiet'])).exitCode).toBe(0);
    expect((await outpace(root, ['gain', '--budget', '1s', '--quiet'])).exitCode).toBe(0);
  });

  test('a profile needs no comparison, but says so', async () => {
    const root = await sides(UNREADABLE, UNREADABLE);
    expect((await outpaceHere(root, ['profile', 'old', '--runs', '1'])).exitCode).toBe(0);
    const text = (await readdir(join(root, 'reports'))).find((name) => name.endsWith('.json'));
    expect(text).toBeDefined();
    const shown = await outpaceHere(root, ['compare', 'old', 'old']);
    expect(shown.stdout).not.toContain('the two outputs differ');
    expect((await outpaceHere(root, ['run', 'old'])).stdout).toContain('Output: a value of unknown size');
  });
});

test.each(['undefined', 'null', 'new Uint8Array()', '(function* () {})()'])(
  '%s is nothing to compare',
  async (nothing) => {
    const root = await sides(nothing, nothing);
    const { exitCode, stdout } = await outpace(root, ['bench', '--pairs', '1']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Warning: nothing was compared: run() returns nothing in old and in new.');
  },
);
