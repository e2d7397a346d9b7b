import { describe, expect, test } from 'vitest';
import { comparedDrawings, type Drawn } from '../../tests/support/drawn-recordings.ts';
import type { Basis } from './recording-basis.ts';

function compared(before: readonly Drawn[], after: readonly Drawn[], basis: Basis | null = null) {
  return comparedDrawings(
    { name: 'a', drawn: before, folder: '' },
    { name: 'b', drawn: after, folder: 'srv/elsewhere/' },
    basis,
  );
}

const row = ({ functions }: ReturnType<typeof compared>, name: string) =>
  functions.find((one) => one.name === name);
/** Of 4 and 4, the range of all differences: 1 − 2 / 70. */
const LEVEL_OF_4 = 0.9714285714285714;

describe('whole runs', () => {
  const before = [10, 11, 12, 13].map((hot) => ({ hot, rest: 20 }));
  const after = [5, 6, 7, 8].map((hot) => ({ hot, rest: 20 }));

  test('each function’s shift and its interval, by the spread among recordings', () => {
    const comparison = compared(before, after);
    expect(row(comparison, 'hot')).toMatchObject({
      change: 'same',
      noise: false,
      selfDeltaMs: { point: -5, low: -8, high: -2 },
      selfMs: { before: 11, after: 6 },
    });
    expect(row(comparison, 'hot')?.selfDeltaMs.confidenceLevel).toBeCloseTo(LEVEL_OF_4, 12);
    expect(row(comparison, 'main')?.totalDeltaMs).toMatchObject({ point: -5, low: -8, high: -2 });
    expect(row(comparison, 'rest')).toMatchObject({
      noise: true,
      selfDeltaMs: { point: 0, low: 0, high: 0 },
    });
    expect(comparison.functions[0]?.name).toBe('hot');
  });

  test('the one shown is the median by length, of two the lower', () => {
    const comparison = compared(before, after);
    expect([comparison.before.file, comparison.after.file]).toEqual(['a2', 'b2']);
    expect(comparison.before.wallMs).toMatchObject({ point: 31.5, low: 30, high: 33 });
    expect(comparison.sampled).toMatchObject({ beforeMs: 31, afterMs: 26, deltaMs: -5 });
  });

  test('the gain is of the lengths: by half, where each is half of one before', () => {
    const { gainRatio, verdict, recordings } = compared(
      [20, 40, 80, 160].map((hot) => ({ hot })),
      [10, 20, 40, 80].map((hot) => ({ hot })),
    );
    expect(recordings?.basis).toBe('time');
    expect(gainRatio?.point).toBeCloseTo(0.5, 12);
    // 80 after 20, and 10 after 160.
    expect(gainRatio?.low).toBeCloseTo(-3, 12);
    expect(gainRatio?.high).toBeCloseTo(1 - 1 / 16, 12);
    expect(verdict.kind).toBe('inconclusive');
  });

  test('a verdict needs 95 %, which 3 a side do not reach', () => {
    expect(compared(before, after).verdict).toEqual({ kind: 'faster' });
    const few = compared(before.slice(1), after.slice(1));
    expect(few.gainRatio?.confidenceLevel).toBeCloseTo(0.9, 12);
    expect(few.verdict).toMatchObject({
      kind: 'inconclusive',
      remedy: expect.stringContaining('4 recordings give 97.1 %'),
    });
    expect(few.warnings.join()).toContain('3 recordings on a side');
  });

  test('one against several has an interval of what so few can tell', () => {
    const comparison = compared(before.slice(0, 1), after);
    expect(row(comparison, 'hot')?.selfDeltaMs).toMatchObject({ point: -3.5, low: -5, high: -2 });
    expect(row(comparison, 'hot')?.selfDeltaMs.confidenceLevel).toBeCloseTo(1 - 2 / 5, 12);
  });
});

test('a function that a recording does not have took 0 there, whatever the other side', () => {
  const comparison = compared(
    [{ rest: 20 }, { rest: 21 }, { rest: 22 }],
    [{ rest: 20, more: 4 }, { rest: 20 }, { rest: 20, more: 6 }, { rest: 20, more: 8 }],
  );
  // Of 0, 0, 0 and 4, 0, 6, 8.
  expect(row(comparison, 'more')).toMatchObject({
    change: 'new',
    selfDeltaMs: { point: 5, low: 0, high: 8 },
    noise: true,
  });
});

test('a change below the tolerance is noise unless it stands out among all functions', () => {
  const runs = (small: readonly number[]) => small.map((ms, index) => ({ hot: 1000 + index, small: ms }));
  const few = compared(runs([1, 1, 1, 1]), runs([3, 3, 3, 3]));
  // p = 2/70 for each of three functions; Holm's rule makes it 6/70 for the smallest.
  expect(row(few, 'small')).toMatchObject({ selfDeltaMs: { low: 2, high: 2 }, noise: true });
  const [ones, threes] = [Array<number>(8).fill(1), Array<number>(8).fill(3)];
  expect(row(compared(runs(ones), runs(threes)), 'small')).toMatchObject({ noise: false });
});

describe('recordings of one length that were idle in part', () => {
  const service = (hots: readonly number[]) => hots.map((hot) => ({ hot, rest: 20, '(idle)': 80 - hot }));
  const comparison = compared(service([40, 41, 42, 43]), service([10, 11, 12, 13]));

  test('are compared by their shares of the busy time, and nothing is said of speed', () => {
    expect(comparison.recordings?.basis).toBe('share');
    expect(comparison.verdict.kind).toBe('inconclusive');
    expect(comparison.bounds).toEqual([]);
    expect(comparison.warnings.join()).toMatch(/all of one length .* \(--by time, if these are whole runs/);
  });

  test('how busy they were', () => {
    const { busyRatio } = comparison.recordings ?? {};
    expect(busyRatio?.before.point).toBeCloseTo(0.615, 12);
    expect(busyRatio?.after.point).toBeCloseTo(0.315, 12);
    expect(busyRatio?.delta.point).toBeCloseTo(-0.3, 12);
    expect(busyRatio?.delta.low).toBeCloseTo(-0.33, 12);
    expect(busyRatio?.delta.high).toBeCloseTo(-0.27, 12);
  });

  test('what did the same has a larger share of less', () => {
    const rest = row(comparison, 'rest');
    expect(rest?.selfDeltaMs).toMatchObject({ point: 0, low: 0, high: 0 });
    // 20 of 60 to 63 before, 20 of 30 to 33 after.
    expect(rest?.selfShare?.before).toBeCloseTo((20 / 61 + 20 / 62) / 2, 12);
    expect(rest?.selfShare?.after).toBeCloseTo((20 / 31 + 20 / 32) / 2, 12);
    expect(rest?.selfShare?.delta.low).toBeCloseTo(20 / 33 - 20 / 60, 12);
    expect(rest?.selfShare?.delta.high).toBeCloseTo(20 / 30 - 20 / 63, 12);
    expect(rest?.noise).toBe(false);
  });

  test('idling has no share, and the one shown is the median by busy time', () => {
    expect(row(comparison, '(idle)')).toMatchObject({ selfShare: null, noise: true });
    expect(comparison.before.file).toBe('a2');
  });

  test('whoever knows better says so', () => {
    const chosen = compared(service([40, 41, 42, 43]), service([10, 11, 12, 13]), 'time');
    expect(chosen.recordings?.basis).toBe('time');
    expect(row(chosen, 'rest')?.noise).toBe(true);
    expect(chosen.verdict.kind).toBe('unchanged');
  });
});

test('lengths that somebody chose, and copies of one recording, are told', () => {
  const text = compared([{ hot: 10 }, { hot: 30 }], [{ hot: 20 }, { hot: 20 }]).warnings.join('\n');
  expect(text).toContain('differ in length by more than half');
  expect(text).toContain('b1, b2 look like copies of one recording');
});
