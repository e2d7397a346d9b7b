import { expect, test } from 'vitest';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import { FIRST_STATE, type ViewState } from '../state.ts';
import { panesOf, settingsOf, wholeOf } from './settings.ts';

const recordings = { before: drawnRecording('a'), after: drawnRecording('a', 'b', 'c') };

function titles(state: Partial<ViewState>): string[] {
  const whole = { ...FIRST_STATE, ...state };
  return panesOf(recordings, whole, settingsOf(whole)).panes.map(({ title }) => title);
}

test.each([
  { own: {}, expected: { order: 'heavy', basis: 'larger' } },
  { own: { order: 'time', wide: 'after' }, expected: { order: 'time', basis: 'after' } },
  { own: { order: 'sideways', wide: '<b>' }, expected: { order: 'heavy', basis: 'larger' } },
])('a link with $own is $expected', ({ own, expected }) => {
  expect(settingsOf({ ...FIRST_STATE, own })).toEqual(expected);
});

const time = { own: { order: 'time' } };

test.each([
  { what: 'left-heavy is one picture', state: {}, expected: [''] },
  {
    what: 'all threads of a side',
    state: { ...time, side: 'after' },
    expected: ['main', 'worker 1', 'worker 2'],
  },
  { what: 'one thread', state: { ...time, side: 'after', thread: 2 }, expected: ['worker 2'] },
  {
    what: 'both sides',
    state: { ...time, side: 'diff' },
    expected: ['Before: main', 'After: main', 'After: worker 1', 'After: worker 2'],
  },
  {
    what: 'a thread that one side has',
    state: { ...time, side: 'diff', thread: 1 },
    expected: ['After: worker 1'],
  },
  { what: 'a thread that is not there', state: { ...time, side: 'before', thread: 7 }, expected: [] },
] as const)('$what', ({ state, expected }) => {
  expect(titles(state)).toEqual(expected);
});

test('of very many threads some are left out, and how many is said', () => {
  const many = { before: null, after: drawnRecording(...Array.from({ length: 40 }, () => 'a')) };
  const { panes, leftOut } = panesOf(
    many,
    { ...FIRST_STATE, side: 'after' },
    { order: 'time', basis: 'after' },
  );
  expect(panes.length + leftOut).toBe(40);
  expect(panes.length).toBeGreaterThan(5);
});

test('several threads have one scale, from the first to the last', () => {
  expect(
    wholeOf([
      { startMs: 5, endMs: 9 },
      { startMs: 2, endMs: 7 },
    ]),
  ).toEqual({ startMs: 2, endMs: 9 });
  expect(wholeOf([])).toEqual({ startMs: 0, endMs: 0 });
});
