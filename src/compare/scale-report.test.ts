import { describe, expect, test } from 'vitest';
import { crossingOf, type MeasuredSeries, moreCoresOf, seriesOf } from './scale-report.ts';

const SIZES = [10, 100, 1000];
/** Six rounds along a line, each a little off by a factor. */
function line(start: number, perUnit: number, known: Partial<MeasuredSeries> = {}): MeasuredSeries {
  const factors = [0.97, 0.98, 0.99, 1.01, 1.02, 1.03];
  return {
    implementation: 'x',
    workers: null,
    points: SIZES.map((size) => ({
      size,
      runsMs: factors.map((factor) => factor * (start + perUnit * size)),
    })),
    ...known,
  };
}

test('a line is found again, its interval that of the rounds', () => {
  const { fit, points } = seriesOf(line(20, 0.5));
  expect(fit?.startMs.point).toBeCloseTo(20, 9);
  expect(fit?.startMs.low).toBeCloseTo(0.97 * 20, 9);
  expect(fit?.startMs.high).toBeCloseTo(1.03 * 20, 9);
  // Six values: 1 − 2/64.
  expect(fit?.startMs.confidenceLevel).toBeCloseTo(0.96875, 12);
  expect(fit?.usPerUnit.point).toBeCloseTo(500, 6);
  expect(fit?.worstResidualRatio).toBeCloseTo(0, 9);
  expect(points[0]?.wallMs.point).toBeCloseTo(25, 9);
});

test('a cost that is no line is known by its distance', () => {
  const bent = { ...line(0, 1), points: SIZES.map((size) => ({ size, runsMs: [size ** 2, size ** 2] })) };
  expect(seriesOf(bent).fit?.worstResidualRatio).toBeGreaterThan(0.5);
});

describe('where new overtakes old', () => {
  // At 10, 100 and 1,000: 0.5 n + 10 is 15, 60 and 510; 0.25 n + 60 is 62.5, 85 and 310. In logarithms of the time, the
  // difference at 100 is 0.3483, at 1,000 −0.4978, so that it is 0 at 100 × 10^(0.3483 / 0.8461) = 258.
  test('interpolated between the sizes that show it, which bound it', () =>
    expect(crossingOf(line(10, 0.5), line(60, 0.25))).toEqual({
      workers: null,
      size: { point: expect.closeTo(258.0, 1), low: 100, high: 1000, confidenceLevel: 1 - 2 / 64 },
      extrapolated: false,
      fasterAtAllMeasured: false,
      slowerAtAllMeasured: false,
      fasterAtSmallOnly: false,
    }));

  test('nothing is claimed beyond what was measured', () =>
    expect(crossingOf(line(10, 0.5), line(2010, 0.25))).toMatchObject({
      size: null,
      extrapolated: false,
      slowerAtAllMeasured: true,
    }));

  test('always faster', () =>
    expect(crossingOf(line(10, 0.5), line(5, 0.25))).toMatchObject({
      size: null,
      fasterAtAllMeasured: true,
    }));

  test('faster for few and slower for many is no overtaking', () =>
    expect(crossingOf(line(60, 0.25), line(10, 0.5))).toMatchObject({
      size: null,
      fasterAtAllMeasured: false,
      slowerAtAllMeasured: false,
      fasterAtSmallOnly: true,
    }));
});

test('more cores: half of it serial is never more than twice as fast', () => {
  const series = [line(0, 1, { workers: 0 }), line(0, 0.75, { workers: 1 })];
  const more = moreCoresOf(series, 2);
  expect(more?.serialFraction.point).toBeCloseTo(0.5, 9);
  expect(more?.predictions.map(({ threads, extrapolated }) => [threads, extrapolated])).toEqual([
    [2, false],
    [4, true],
    [8, true],
    [16, true],
  ]);
  // 1,000 × (0.5 + 0.5 / 4).
  expect(more?.predictions[1]?.wallMs.point).toBeCloseTo(625, 6);
});

test('without a run on one thread nothing is said of more', () =>
  expect(moreCoresOf([line(0, 1, { workers: 1 })], 2)).toBeNull());
