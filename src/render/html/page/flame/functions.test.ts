import { expect, test } from 'vitest';
import type { PageFrame } from '../../model.ts';
import { functionsOf, shownFrame } from './functions.ts';

const FRAME: PageFrame = { name: 'f', file: 'a.ts', line: 1, column: 1, origin: '', engine: false, row: -1 };
const recording = (...frames: readonly Partial<PageFrame>[]) => ({
  frames: frames.map((frame) => ({ ...FRAME, ...frame })),
  runMs: 1,
  threads: [],
});

test.each([
  { what: 'name and file, on another line', before: { line: 3 }, after: { line: 9 }, same: true },
  {
    what: 'the folder of its side',
    before: { file: 'impl-old/a.ts' },
    after: { file: 'impl-new/a.ts' },
    same: true,
  },
  {
    what: 'a row of the table, whatever it is called',
    before: { name: 'g', row: 4 },
    after: { row: 4 },
    same: true,
  },
  { what: 'another row', before: { row: 3 }, after: { row: 4 }, same: false },
  { what: 'another name', before: { name: 'g' }, after: {}, same: false },
  { what: 'another file', before: { file: 'b.ts' }, after: {}, same: false },
  { what: 'V8’s own of that name', before: { engine: true }, after: {}, same: false },
  { what: 'no name, at the same place', before: { name: '' }, after: { name: '' }, same: true },
  { what: 'no name, on another line', before: { name: '', line: 2 }, after: { name: '' }, same: false },
])('by $what: one function is $same', ({ before, after, same }) => {
  const { ofFrames, count } = functionsOf({ before: recording(before), after: recording(after) });
  expect(ofFrames.before[0] === ofFrames.after[0]).toBe(same);
  expect(count).toBe(same ? 1 : 2);
});

test('a function is shown as its side has it, and of both sides as it is now', () => {
  const functions = functionsOf({
    before: recording({ name: 'old', row: 1 }, { name: 'gone', row: 2 }),
    after: recording({ name: 'new', row: 1 }),
  });
  const names = (id: number) =>
    (['before', 'after', 'diff'] as const).map((side) => shownFrame(functions, id, side)?.name);
  expect(names(0)).toEqual(['old', 'new', 'new']);
  expect(names(1)).toEqual(['gone', 'gone', 'gone']);
});
