import { expect, test } from 'vitest';
import { chartText } from '../../../../../tests/support/chart-text.ts';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import type { PageFrame } from '../../model.ts';
import { shownFrame } from './functions.ts';
import { colorOrigin } from './origins.ts';
import { type PictureRequest, Pictures } from './pictures.ts';
import { stackText } from './stack-text.ts';

const before = drawnRecording(`
  main   main   main   main
  slow   slow   slow   read
`);
const after = drawnRecording(
  `
  main   main   main
  fast   fast   read
`,
  `
  work
  read
`,
);
/** `slow` is what `fast` was called before, as the comparison's table says. */
const renamed = (frames: readonly PageFrame[], name: string) =>
  frames.map((frame) => (frame.name === name ? { ...frame, row: 5 } : frame));
const pictures = new Pictures({
  before: { ...before, frames: renamed(before.frames, 'slow') },
  after: { ...after, frames: renamed(after.frames, 'fast') },
});
const heavy = { order: 'heavy', side: 'diff', thread: 'all', window: null, basis: 'after' } as const;

function text(request: PictureRequest): string[] {
  const { chart, tree, side } = pictures.of(request);
  return chartText(
    chart,
    (node) => shownFrame(pictures.functions, tree.functions[node] ?? -1, side)?.name ?? '?',
  );
}

test.each([
  { request: heavy, rows: ['(root) 0..4', 'main 0..3 | work 3..4', 'fast 0..2 | read 2..3 | read 3..4'] },
  { request: { ...heavy, basis: 'before' }, rows: ['(root) 0..4', 'main 0..4', 'fast 0..3 | read 3..4'] },
  {
    request: { ...heavy, basis: 'larger' },
    rows: ['(root) 0..5', 'main 0..4 | work 4..5', 'fast 0..3 | read 3..4 | read 4..5'],
  },
  { request: { ...heavy, thread: 0 }, rows: ['(root) 0..3', 'main 0..3', 'fast 0..2 | read 2..3'] },
  { request: { ...heavy, side: 'before' }, rows: ['(root) 0..4', 'main 0..4', 'slow 0..3 | read 3..4'] },
  { request: { ...heavy, side: 'after', thread: 1 }, rows: ['(root) 0..1', 'work 0..1', 'read 0..1'] },
  { request: { ...heavy, side: 'before', thread: 1 }, rows: [] },
  {
    request: { order: 'time', side: 'before', thread: 0, window: { startMs: 2, endMs: 9 } },
    rows: ['(root) 2..4', 'main 2..4', 'slow 2..3 | read 3..4'],
  },
  { request: { order: 'time', side: 'before', thread: 3, window: null }, rows: [] },
] as const)(
  '$request.order of $request.side, thread $request.thread, as wide as $request.basis',
  ({ request, rows }) => {
    expect(text(request)).toEqual(rows);
  },
);

test('a node of the difference has its time on both sides', () => {
  const { times, tree } = pictures.of(heavy);
  const slow = tree.functions.findIndex(
    (called) => shownFrame(pictures.functions, called, 'diff')?.name === 'fast',
  );
  expect([times.before?.totals[slow], times.after?.totals[slow]]).toEqual([3, 2]);
  expect([times.before?.totals[0], times.after?.totals[0]]).toEqual([4, 4]);
});

test('a picture asked for again is the same one', () => {
  expect(pictures.of({ ...heavy })).toBe(pictures.of(heavy));
});

test('without any recording there is an empty picture', () => {
  expect(new Pictures({ before: null, after: null }).of(heavy).chart.rows).toBe(0);
});

test('a stack as text, the outermost function first, nothing in it that turns a line around', () => {
  const tree = { parents: Int32Array.of(-1, 0, 1, 2), functions: Int32Array.of(0, 1, 2, 3) };
  const frames = [
    { name: '(root)', file: '' },
    { name: 'main', file: 'job.ts' },
    { name: '', file: 'job.ts' },
    { name: 'evil\u202e\nname', file: '' },
  ].map((frame) => ({ line: 7, column: 1, origin: '', engine: false, row: -1, ...frame }));
  expect(stackText(tree, 3, (node) => frames[tree.functions[node] ?? -1] ?? null)).toBe(
    'main (job.ts:7)\n(anonymous) (job.ts:7)\nevil\\u202e\\x0aname',
  );
});

test.each([
  { frame: { name: 'f', file: 'src/a.ts', engine: false }, origin: 'own' },
  { frame: { name: 'f', file: 'node_modules/x/a.js', engine: false }, origin: 'package' },
  { frame: { name: 'f', file: 'node:fs', engine: false }, origin: 'node' },
  { frame: { name: 'sort', file: '', engine: false }, origin: 'engine' },
  { frame: { name: '(garbage collector)', file: '', engine: true }, origin: 'engine' },
  { frame: { name: '(idle)', file: '', engine: true }, origin: 'idle' },
  { frame: { name: '(idle)', file: 'src/a.ts', engine: false }, origin: 'own' },
  { frame: { name: '(outpace)', file: '', engine: true }, origin: 'outpace' },
])('$frame.name of "$frame.file" is $origin', ({ frame, origin }) => {
  expect(colorOrigin({ line: 1, column: 1, origin: '', row: -1, ...frame })).toBe(origin);
});
