import { US_PER_MS } from '../base/units.ts';
import type { Estimate } from '../stats/estimate.ts';
import { amdahlTime, fitLine, type Line, serialFraction } from '../stats/line.ts';
import { medianEstimate } from '../stats/median.ts';
import { overtakingSize, type SizedDifference } from '../stats/overtaking.ts';
import { hodgesLehmannPaired } from '../stats/signed-rank.ts';
import type { StopReason } from './bench-report.ts';
import type { Environment } from './profile-report.ts';

/** One implementation with a number of workers, over all sizes. */
export interface ScaleSeries {
  readonly implementation: string;
  /** null where the number of workers was not swept. */
  readonly workers: number | null;
  readonly points: readonly {
    readonly size: number;
    readonly wallMs: Estimate;
    readonly runsMs: readonly number[];
  }[];
  /** cost = startMs + usPerUnit · size; null where the sizes do not tell a slope. */
  readonly fit: {
    readonly startMs: Estimate;
    readonly usPerUnit: Estimate;
    /** The farthest that a measured median lies from the line, of itself. */
    readonly worstResidualRatio: number;
  } | null;
}

export interface Crossing {
  readonly workers: number | null;
  /**
   * From which size on the second implementation is faster: interpolated, from the largest size at which it is shown to be
   * slower to the smallest at which it is shown to be faster. null where these rounds do not show both.
   */
  readonly size: Estimate | null;
  /** Outside the measured sizes: never, since nothing is claimed there. */
  readonly extrapolated: boolean;
  readonly fasterAtAllMeasured: boolean;
  readonly slowerAtAllMeasured: boolean;
  /** Not faster at the largest size, though at a smaller one. */
  readonly fasterAtSmallOnly: boolean;
}

/** What more threads could bring at the largest size, by Amdahl's law. */
export interface MoreCores {
  readonly size: number;
  /** The part that does not spread, by Karp and Flatt. */
  readonly serialFraction: Estimate;
  readonly predictions: readonly {
    readonly threads: number;
    readonly wallMs: Estimate;
    readonly extrapolated: boolean;
  }[];
}

/** Why measuring ended; `rounds`: as many as are ever measured. */
export type ScaleStop = Exclude<StopReason, 'settled' | 'pairs'> | 'rounds';

export interface ScaleReport {
  readonly schemaVersion: 1;
  readonly kind: 'scale';
  readonly job: string;
  readonly startedAt: string;
  readonly environment: Environment;
  readonly input: Readonly<Record<string, unknown>>;
  /** The key of the input that was swept. */
  readonly sizeKey: string;
  readonly before: string;
  readonly after: string;
  readonly rounds: number;
  readonly stoppedBy: ScaleStop;
  readonly series: readonly ScaleSeries[];
  readonly crossings: readonly Crossing[];
  readonly moreCores: MoreCores | null;
  readonly elapsedMs: number;
  readonly warnings: readonly string[];
}

/** What was measured of one implementation with a number of workers: per size, the time of each round. */
export interface MeasuredSeries {
  readonly implementation: string;
  readonly workers: number | null;
  readonly points: readonly { readonly size: number; readonly runsMs: readonly number[] }[];
}

/** A round is the unit that is counted: a line is fitted to each, and what they say is a median with its interval. */
export function seriesOf(measured: MeasuredSeries): ScaleSeries {
  const points = measured.points.map((point) => ({ ...point, wallMs: medianEstimate(point.runsMs) }));
  const lines = linesOf(measured);
  const whole = fitLine(points.map(({ size, wallMs }) => ({ size, cost: wallMs.point })));
  return {
    ...measured,
    points,
    fit:
      lines === null || whole === null
        ? null
        : {
            startMs: medianEstimate(lines.map(({ start }) => start)),
            usPerUnit: medianEstimate(lines.map(({ perUnit }) => perUnit * US_PER_MS)),
            worstResidualRatio: Math.max(
              ...points.map(({ size, wallMs }) =>
                Math.abs((whole.start + whole.perUnit * size - wallMs.point) / wallMs.point),
              ),
            ),
          },
  };
}

function linesOf({ points }: MeasuredSeries): Line[] | null {
  const rounds = Math.min(...points.map(({ runsMs }) => runsMs.length));
  const lines = Array.from({ length: rounds }, (_, round) =>
    fitLine(points.map(({ size, runsMs }) => ({ size, cost: runsMs[round] ?? Number.NaN }))),
  );
  return lines.every((line) => line !== null) && lines.length > 0 ? lines : null;
}

/** Where the second implementation overtakes the first. A round is a pair of runs of each size. */
export function crossingOf(before: MeasuredSeries, after: MeasuredSeries): Crossing {
  const differences = differencesOf(before, after);
  const points = differences.map(({ logRatio }) => logRatio.point);
  return {
    workers: after.workers,
    size: overtakingSize(differences),
    extrapolated: false,
    fasterAtAllMeasured: points.every((point) => point < 0),
    slowerAtAllMeasured: points.every((point) => point >= 0),
    fasterAtSmallOnly: (points.at(-1) ?? 0) >= 0 && points.some((point) => point < 0),
  };
}

/** Ascending by size. */
function differencesOf(before: MeasuredSeries, after: MeasuredSeries): SizedDifference[] {
  return before.points
    .map(({ size, runsMs }, index) => {
      const logRatios = runsMs.map((ms, round) =>
        Math.log((after.points[index]?.runsMs[round] ?? Number.NaN) / ms),
      );
      return { size, logRatio: hodgesLehmannPaired(logRatios) };
    })
    .toSorted((a, b) => a.size - b.size);
}

/**
 * @param series of one implementation with different numbers of workers; a thread more than workers
 * @param cores of this machine: beyond them, and beyond what was measured, a figure is extrapolated
 */
export function moreCoresOf(series: readonly MeasuredSeries[], cores: number): MoreCores | null {
  const swept = series
    .flatMap((one) => (one.workers === null ? [] : [{ threads: one.workers + 1, last: one.points.at(-1) }]))
    .toSorted((a, b) => a.threads - b.threads);
  const one = swept.find(({ threads }) => threads === 1)?.last;
  const many = swept.findLast(({ threads }) => threads > 1 && threads <= cores);
  if (one === undefined || many?.last === undefined) return null;
  const { threads, last } = many;
  const fractions = one.runsMs.map((ms, round) =>
    Math.min(1, Math.max(0, serialFraction(ms, last.runsMs[round] ?? Number.NaN, threads))),
  );
  const most = Math.max(...swept.map((cell) => cell.threads));
  const wanted = [...new Set([threads, 2 * threads, 4 * threads, 8 * threads])];
  return {
    size: one.size,
    serialFraction: medianEstimate(fractions),
    predictions: wanted.map((count) => ({
      threads: count,
      wallMs: medianEstimate(
        fractions.map((fraction, round) => amdahlTime(one.runsMs[round] ?? Number.NaN, fraction, count)),
      ),
      extrapolated: count > most || count > cores,
    })),
  };
}
