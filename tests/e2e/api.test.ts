/** The programmatic interface, in this process, with real children. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as api from '../../src/index.ts';
import { project } from '../support/outpace.ts';

const TWO = {
  'impl-old/index.mjs':
    'export const run = ({ n }) => { let s = 0; for (let i = 0; i < n; i++) s += i; return s; };',
  'impl-new/index.mjs': 'export const run = ({ n }) => (n * (n - 1)) / 2;',
  'outpace.config.json': '{"job":"sum","input":{"n":1000}}',
};

describe('bench', () => {
  test('tells its progress, takes an input, and gives the report that is stored', async () => {
    const cwd = await project(TWO);
    const events: api.ProgressEvent[] = [];
    const { report, file } = await api.bench({
      cwd,
      input: { n: 10 },
      pairs: 2,
      onProgress: (event) => events.push(event),
    });
    expect(report).toMatchObject({
      kind: 'bench',
      job: 'sum',
      input: { n: 10 },
      before: 'old',
      after: 'new',
    });
    expect(events.filter(({ kind }) => kind === 'pair')).toHaveLength(2);
    expect(events[0]).toEqual({ kind: 'step', message: 'comparing the outputs of old and new' });
    expect(await readdir(join(cwd, 'reports'))).toEqual([file.split(/[\\/]/).at(-1)]);
  });

  test('a signal ends it early with what there is', async () => {
    const cwd = await project(TWO);
    const stop = new AbortController();
    const { report } = await api.bench({
      cwd,
      signal: stop.signal,
      onProgress: ({ kind }) => kind === 'pair' && stop.abort(new Error('my own reason')),
    });
    expect(report.stoppedBy).toBe('interrupted');
  });

  test.each([
    { options: { signal: AbortSignal.abort() }, code: 'INTERRUPTED' },
    { options: { job: 'other' }, code: 'USAGE' },
    { options: { input: { m: 1 } }, code: 'USAGE' },
    { options: { before: '../old' }, code: 'UNKNOWN_IMPLEMENTATION' },
  ])('$code', async ({ options, code }) => {
    const cwd = await project(TWO);
    const failed = await api.bench({ cwd, ...options }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(api.OutpaceError);
    expect(failed).toMatchObject({ code });
    expect(await readdir(join(cwd, 'reports')).catch(() => [])).toEqual([]);
  });
});

test('profile, compare and run', async () => {
  const cwd = await project(TWO);
  const { report, textFile } = await api.profile({ cwd, implementation: 'old', runs: 1 });
  expect(report.totalCalls).toBeGreaterThan(0);
  expect(textFile).toMatch(/-sum_old_profile\.txt$/);
  await api.profile({ cwd, implementation: 'new', runs: 1, intervalUs: 1000 });
  const comparison = await api.compare({ cwd });
  expect(comparison).toMatchObject({ kind: 'comparison', outputsEqual: true });
  const once = await api.run({ cwd, implementation: 'new' });
  expect(once.output.sizeBytes).toBeGreaterThan(0);
});

test('the types are those that are documented', () => {
  expectTypeOf(api.gain).returns.resolves.toEqualTypeOf<api.Gain>();
  expectTypeOf<api.Gain['comparison']>().toEqualTypeOf<api.Comparison>();
  expectTypeOf(api.bench).parameter(0).toEqualTypeOf<api.BenchOptions | undefined>();
  expectTypeOf<api.BenchOptions['mode']>().toEqualTypeOf<'cold' | 'steady' | 'both' | undefined>();
  expectTypeOf(api.profile).parameter(0).toHaveProperty('implementation').toEqualTypeOf<string>();
  expectTypeOf<api.Comparison['gainRatio']>().toEqualTypeOf<api.Estimate | null>();
  expectTypeOf(api.efficiencyGain).toEqualTypeOf<(before: number, after: number) => number>();
});
