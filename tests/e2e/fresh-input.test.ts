import { describe, expect, test } from 'vitest';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';

const STEADY = ['bench', '--mode', 'steady', '--pairs', '1', '--json'];
const SUM = 'export function run({ list }) { return list.reduce((sum, value) => sum + value, 0); }';
const CONFIG = `export default { input: { list: Array.from({ length: 3000 }, (_, i) => (i * 7919) % 3001), deep: { list: [3, 1, 2] } } };`;

/** Each checks its input by itself: a second run on the same one fails. */
const MUTATING = {
  sorts: `export function run({ list }) {
    if (list[0] !== 0 || list[1] !== 1917) throw new Error('used already');
    return list.sort((a, b) => a - b).reduce((sum, value) => sum + value, 0); }`,
  empties: `export function run({ list }) {
    if (list.length !== 3000) throw new Error('used already');
    let sum = 0; while (list.length > 0) sum += list.pop(); return sum; }`,
  'marks deep inside': `export function run({ list, deep }) {
    if (deep.list.length !== 3 || deep.seen) throw new Error('used already');
    deep.list.push(4); deep.seen = true;
    return list.reduce((sum, value) => sum + value, 0); }`,
  'deletes a key': `export function run(input) {
    if (!('deep' in input)) throw new Error('used already');
    delete input.deep; return input.list.reduce((sum, value) => sum + value, 0); }`,
  'works on what setup prepared': `export function setup(input) { input.map = new Map([[1, { n: 2 }]]); input.bytes = new Uint8Array(4); }
    export function run({ list, map, bytes }) {
      if (map.get(1).n !== 2 || bytes[0] !== 0) throw new Error('used already');
      map.get(1).n = 3; bytes[0] = 1; return list.reduce((sum, value) => sum + value, 0); }`,
} as const;

describe('each repetition has an input of its own', () => {
  test.each(Object.entries(MUTATING))('of a job that %s', async (_, code) => {
    const root = await project({
      'impl-old/index.mjs': SUM,
      'impl-new/index.mjs': code,
      'outpace.config.mjs': CONFIG,
    });
    const { exitCode, stdout, stderr } = await outpace(root, STEADY);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(stdout).warnings.join('\n')).not.toContain('output changed');
  });

  test.each([
    ['a function', 'input.parse = (text) => text;'],
    ['an object of a class', 'input.state = new (class State { next() { return 1; } })();'],
    ['a promise', 'input.ready = Promise.resolve(1);'],
  ])('and where setup leaves %s in it, it says what to do', async (_, line) => {
    const code = `export function setup(input) { ${line} }\n${SUM}`;
    const root = await project({
      'impl-old/index.mjs': SUM,
      'impl-new/index.mjs': code,
      'outpace.config.mjs': CONFIG,
    });
    const { exitCode, stderr } = await outpace(root, STEADY);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/'new' failed in setup: .*fresh copy of the input.*--mode cold/);
    const cold = await outpace(root, ['bench', '--mode', 'cold', '--pairs', '1', '--json']);
    expect(cold).toMatchObject({ exitCode: 0 });
  });

  test('its copy belongs to no figure', async () => {
    const root = await project({
      'impl-old/index.mjs': 'export const run = () => 1;',
      'impl-new/index.mjs': 'export const run = () => 1;',
      'outpace.config.mjs':
        'export default { input: { list: Array.from({ length: 300_000 }, (_, i) => String(i)) } };',
    });
    const { exitCode, stdout } = await outpace(root, STEADY);
    expect(exitCode).toBe(0);
    // The copy takes tens of milliseconds, the run takes microseconds.
    expect(JSON.parse(stdout).pairs[0].afterMs).toBeLessThan(5);
  });
});

describe('a job that keeps something between its runs', () => {
  const keeping = {
    'a value': 'let calls = 0; export const run = () => ({ calls: (calls += 1) });',
    'chunks of another size':
      "let calls = 0; export function* run() { calls += 1; yield Buffer.from('x'.repeat(calls)); }",
  };
  test.each(Object.entries(keeping))('is warned of: %s', async (_, code) => {
    const root = await project({ 'impl-old/index.mjs': code, 'impl-new/index.mjs': code });
    const { exitCode, stdout } = await outpace(root, STEADY);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).warnings.join('\n')).toMatch(
      /in 2 of 2 processes the output changed .*--mode cold/,
    );
  });
});
