import { expect, test } from 'vitest';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import type { Page } from '../../model.ts';
import { type CallRow, type Direction, nextRows, rootOf } from './call-paths.ts';
import { functionTable } from './function-table.ts';
import { measuredThreads } from './measured-nodes.ts';
import { sampledRows } from './shown-rows.ts';

const before = drawnRecording(
  `
  run    run    run    run    run    run
  parse  parse  parse  sort   sort   .
  scan   scan   .      parse  parse  .
  .      .      .      scan   .      .
`,
  `
  work   work
  scan   .
`,
);
// `walk` calls itself.
const after = drawnRecording(`
  run    run    run    run
  walk   walk   walk   .
  walk   walk   .      .
  walk   .      .      .
`);
const page = { data: { comparison: { functions: [] } }, recordings: { before, after } } as unknown as Page;
const table = functionTable(page);
const measured = measuredThreads(page, table, { window: null, thread: 'all' });
const idOf = (name: string) => table.functions.findIndex((one) => one.name === name);
const told = (rows: readonly CallRow[]) =>
  rows.map((row) => `${table.functions[row.function]?.name} ${row.totalMs.before} ${row.totalMs.after}`);
const opened = (name: string, direction: Direction) =>
  told(nextRows(rootOf(measured, idOf(name)), direction));

test('what a function calls, wherever it was called from, over all threads', () => {
  expect(told([rootOf(measured, idOf('parse'))])).toEqual(['parse 5 0']);
  expect(opened('parse', 'callees')).toEqual(['scan 3 0']);
  expect(opened('run', 'callees')).toEqual(['parse 3 0', 'walk 0 3', 'sort 2 0']);
});

test('what calls a function shares the function’s time, not its own', () => {
  expect(opened('scan', 'callers')).toEqual(['parse 3 0', 'work 1 0']);
  const [parse] = nextRows(rootOf(measured, idOf('scan')), 'callers');
  if (parse === undefined) throw new Error('a caller is lost');
  expect(told(nextRows(parse, 'callers'))).toEqual(['run 2 0', 'sort 1 0']);
});

test('a function that calls itself counts once, and is its own callee', () => {
  expect(told([rootOf(measured, idOf('walk'))])).toEqual(['walk 0 3']);
  expect(opened('walk', 'callees')).toEqual(['walk 0 2']);
  expect(opened('walk', 'callers')).toEqual(['run 0 3']);
  const walk = sampledRows(measured, table).find(({ name }) => name === 'walk');
  expect(walk).toMatchObject({ selfMs: { before: 0, after: 3 }, totalMs: { before: 0, after: 3 } });
});

test('a window and a thread leave out the rest', () => {
  const first = measuredThreads(page, table, { window: { startMs: 3.5, endMs: 5 }, thread: 0 });
  expect(told([rootOf(first, idOf('parse'))])).toEqual(['parse 1.5 0']);
  const second = measuredThreads(page, table, { window: null, thread: 1 });
  expect(told([rootOf(second, idOf('scan'))])).toEqual(['scan 1 0']);
});
