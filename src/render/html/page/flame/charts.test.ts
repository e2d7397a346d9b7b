import { expect, test } from 'vitest';
import { chartText } from '../../../../../tests/support/chart-text.ts';
import { charted } from '../../../../../tests/support/charted.ts';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import { boxAt, type Direction, neighbour, rootOf } from './chart.ts';

const PICTURE = `
  main  main  main  main  main  (idle)  main
  parse sort  parse parse .     .       parse
  read  .     scan  read  .     .       read
`;

test('left-heavy: the same stacks are one box, the heaviest first', () => {
  const { heavy, nameOf } = charted(drawnRecording(PICTURE));
  expect(chartText(heavy, nameOf)).toEqual([
    '(root) 0..7',
    'main 0..6 | (idle) 6..7',
    'parse 0..4 | sort 4..5',
    'read 0..3 | scan 3..4',
  ]);
});

test('in time order what follows one another is one box as far as the stacks agree', () => {
  const { inOrder, nameOf } = charted(drawnRecording(PICTURE));
  expect(chartText(inOrder, nameOf)).toEqual([
    '(root) 0..7',
    'main 0..5 | (idle) 5..6 | main 6..7',
    'parse 0..1 | sort 1..2 | parse 2..4 | parse 6..7',
    'read 0..1 | scan 2..3 | read 3..4 | read 6..7',
  ]);
});

test('a brushed window clips the first and the last sample', () => {
  const { inOrder, heavy, nameOf } = charted(drawnRecording(PICTURE), { startMs: 0.25, endMs: 3.5 });
  expect(chartText(inOrder, nameOf)).toEqual([
    '(root) 0.25..3.5',
    'main 0.25..3.5',
    'parse 0.25..1 | sort 1..2 | parse 2..3.5',
    'read 0.25..1 | scan 2..3 | read 3..3.5',
  ]);
  expect(chartText(heavy, nameOf)).toEqual([
    '(root) 0..3.25',
    'main 0..3.25',
    'parse 0..2.25 | sort 2.25..3.25',
    'read 0..1.25 | scan 1.25..2.25',
  ]);
});

test.each([
  { what: 'before the first sample', window: { startMs: -2, endMs: -1 } },
  { what: 'after the last one', window: { startMs: 9, endMs: 12 } },
])('a window $what shows nothing', ({ window }) => {
  const { inOrder, heavy } = charted(drawnRecording(PICTURE), window);
  expect([inOrder.rows, heavy.rows]).toEqual([0, 0]);
  expect(rootOf(heavy)).toBeNull();
});

test('a thread that began late has nothing where it was not', () => {
  const recording = drawnRecording('a a\nb c');
  const [thread] = recording.threads;
  if (thread === undefined) throw new Error('nothing was drawn');
  const late = { ...thread, startMs: 3, endMs: 9, sampleStartMs: Float64Array.of(5, 7), lastSampleEndMs: 8 };
  const { inOrder, nameOf } = charted({ ...recording, threads: [late] });
  expect([inOrder.startMs, inOrder.endMs]).toEqual([3, 9]);
  expect(chartText(inOrder, nameOf)).toEqual(['(root) 5..8', 'a 5..8', 'b 5..7 | c 7..8']);
  expect(boxAt(inOrder, 1, 4)).toBeNull();
  expect(boxAt(inOrder, 1, 8.5)).toBeNull();
});

test('threads are merged by function, each weighing what it weighs', () => {
  const { heavy, nameOf } = charted(drawnRecording('a a b\nx y .', 'b a\n. y'));
  expect(chartText(heavy, nameOf)).toEqual(['(root) 0..5', 'a 0..3 | b 3..5', 'y 0..2 | x 2..3']);
});

test.each([
  { way: ['child', 'child', 'child'], to: 'read 0..3' },
  { way: ['child', 'next'], to: '(idle) 6..7' },
  { way: ['child', 'next', 'previous'], to: 'main 0..6' },
  { way: ['child', 'child', 'next', 'parent'], to: 'main 0..6' },
  { way: ['child', 'child', 'next', 'child'], to: 'none' },
  { way: ['child', 'next', 'next'], to: 'none' },
  { way: ['parent'], to: 'none' },
  { way: ['previous'], to: 'none' },
] as const)('from the root $way is $to', ({ way, to }) => {
  const { heavy, nameOf } = charted(drawnRecording(PICTURE));
  const found = (way as readonly Direction[]).reduce(
    (box: ReturnType<typeof rootOf>, step) => (box === null ? null : neighbour(heavy, box, step)),
    rootOf(heavy),
  );
  expect(found === null ? 'none' : `${nameOf(found.node)} ${found.startMs}..${found.endMs}`).toBe(to);
});
