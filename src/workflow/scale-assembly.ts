import { counted } from '../base/counted.ts';
import {
  crossingOf,
  type MeasuredSeries,
  moreCoresOf,
  type ScaleReport,
  seriesOf,
} from '../compare/scale-report.ts';
import type { Implementation } from '../store/implementations.ts';
import type { ScaleRequest } from './scale.ts';

/** The farthest that a median may lie from a line that is taken for straight, of itself. */
const STRAIGHT_WITHIN = 0.1;

/** One implementation with one number of workers. */
export interface SweptSide {
  readonly implementation: Implementation;
  readonly workers: number | null;
}

/** The first implementation once, the second with each number of workers. */
export function seriesAsked({ before, after, workers }: ScaleRequest): SweptSide[] {
  const asked = workers ?? [null];
  return [
    { implementation: before, workers: null },
    ...asked.map((count): SweptSide => ({ implementation: after, workers: count })),
  ];
}

/** The time of one run of each cell, ms, by `keyOf`. */
export type SweepRound = ReadonlyMap<string, number>;

export function keyOf(series: number, size: number): string {
  return `${series} ${size}`;
}

/** What the rounds so far say, as it is stored. */
export function assembleScale(
  request: ScaleRequest,
  rounds: readonly SweepRound[],
  {
    outputWarnings,
    ...facts
  }: Pick<ScaleReport, 'environment' | 'stoppedBy' | 'elapsedMs'> & {
    readonly startedAt: Date;
    readonly outputWarnings: readonly string[];
  },
): ScaleReport {
  const { job, input, sizeKey, before, after } = request;
  const measured = measuredIn(request, rounds);
  const [old, ...news] = measured;
  if (old === undefined) throw new RangeError('nothing was measured');
  const series = measured.map(seriesOf);
  const crooked = series.filter(({ fit }) => fit !== null && fit.worstResidualRatio > STRAIGHT_WITHIN);
  return {
    schemaVersion: 1,
    kind: 'scale',
    job,
    ...facts,
    startedAt: facts.startedAt.toISOString(),
    input,
    sizeKey,
    rounds: rounds.length,
    before: before.name,
    after: after.name,
    series,
    crossings: news.map((now) => crossingOf(old, now)),
    moreCores: moreCoresOf(news, facts.environment.cores),
    warnings: [
      ...outputWarnings,
      ...(rounds.length < 6 ? [`${counted(rounds.length, 'round')}: 6 give a 95 % interval (--budget)`] : []),
      ...crooked.map(
        ({ implementation, workers, fit }) =>
          `the cost of ${implementation}${workers === null ? '' : ` with ${counted(workers, 'worker')}`} is no straight line: ` +
          `it lies up to ${(100 * (fit?.worstResidualRatio ?? 0)).toFixed(0)} % from the fit`,
      ),
    ],
  };
}

function measuredIn(request: ScaleRequest, rounds: readonly SweepRound[]): MeasuredSeries[] {
  return seriesAsked(request).map(({ implementation, workers }, series) => ({
    implementation: implementation.name,
    workers,
    points: request.sizes.map((size) => ({
      size,
      runsMs: rounds.flatMap((round) => round.get(keyOf(series, size)) ?? []),
    })),
  }));
}
