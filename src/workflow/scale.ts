import { counted } from '../base/counted.ts';
import { seededRandom, shuffled } from '../base/random.ts';
import { readEnvironment, startOfNow } from '../capture/environment.ts';
import { watchMachine } from '../capture/machine.ts';
import {
  crossingOf,
  type MeasuredSeries,
  moreCoresOf,
  type ScaleReport,
  seriesOf,
} from '../compare/scale-report.ts';
import { nothingCompared } from '../compare/stored-output.ts';
import { reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Judge } from '../store/project.ts';
import type { Subject } from './bench-round.ts';
import { compareOutputs, outputsDiffer } from './compare-outputs.ts';
import type { ProfileProgress } from './profile.ts';
import { runSide } from './run-side.ts';

export interface ScaleRequest extends Subject {
  readonly before: Implementation;
  readonly after: Implementation;
  readonly sizeKey: string;
  readonly sizes: readonly number[];
  /** null: as the implementation likes. */
  readonly workers: readonly number[] | null;
  /** Rounds go on until it is spent, at least `LEAST_ROUNDS`. */
  readonly budgetMs: number;
  readonly seed: number;
  readonly judge: Judge | null;
  readonly allowDifferentOutput: boolean;
  readonly reportsDir: string;
  readonly progress: ProfileProgress;
}

/** With six the interval of a median reaches 95 %. */
const LEAST_ROUNDS = 3;
const MOST_ROUNDS = 30;
const STRAIGHT_WITHIN = 0.1;

interface Cell {
  readonly series: number;
  readonly size: number;
}

/** Both sides over all sizes and numbers of workers, each round in an order by chance; stored at its end. */
export async function scale(request: ScaleRequest): Promise<{ report: ScaleReport; file: string }> {
  const { job, before, after, reportsDir, sizes } = request;
  const startedAt = startOfNow();
  const suffix = `${job}_${before.name}_${after.name}_scale`;
  const reservation = await reserveStem({ profilesDir: reportsDir, reportsDir, startedAt, suffix });
  try {
    const outputWarnings = await refuseDifferentOutputs(request);
    const sides = seriesAsked(request);
    const times = new Map<string, number[]>();
    const cells = sides.flatMap((_, series) => sizes.map((size): Cell => ({ series, size })));
    const random = seededRandom(request.seed);
    const watch = watchMachine();
    let rounds = 0;
    while (rounds < MOST_ROUNDS && mayGoOn(rounds, watch.elapsedMs(), request.budgetMs)) {
      for (const [index, cell] of shuffled(cells, random).entries()) {
        const side = sides[cell.series];
        if (side === undefined) continue;
        request.progress.step(`round ${rounds + 1}: run ${index + 1} of ${cells.length}`);
        const key = `${cell.series} ${cell.size}`;
        times.set(key, [...(times.get(key) ?? []), await timeOf(request, side, cell.size)]);
      }
      rounds += 1;
    }
    const elapsedMs = watch.elapsedMs();
    const measured = sides.map(
      ({ implementation, workers }, series): MeasuredSeries => ({
        implementation: implementation.name,
        workers,
        points: sizes.map((size) => ({ size, runsMs: times.get(`${series} ${size}`) ?? [] })),
      }),
    );
    const environment = await readEnvironment(request.root);
    const report = reportOf(request, measured, { startedAt, environment, rounds, elapsedMs, outputWarnings });
    const content = `${JSON.stringify(report, null, 1)}\n`;
    const [file = ''] = await reservation.commit([{ folder: 'reportsDir', extension: '.json', content }]);
    return { report, file };
  } finally {
    await reservation.release();
  }
}

interface Side {
  readonly implementation: Implementation;
  readonly workers: number | null;
}

/** The first implementation once, the second with each number of workers. */
function seriesAsked({ before, after, workers }: ScaleRequest): Side[] {
  const asked = workers ?? [null];
  return [
    { implementation: before, workers: null },
    ...asked.map((count): Side => ({ implementation: after, workers: count })),
  ];
}

function mayGoOn(rounds: number, elapsedMs: number, budgetMs: number): boolean {
  return rounds < LEAST_ROUNDS || elapsedMs + elapsedMs / rounds <= budgetMs;
}

async function timeOf(
  request: ScaleRequest,
  { implementation, workers }: Side,
  size: number,
): Promise<number> {
  const input = { ...request.input, [request.sizeKey]: size, ...(workers === null ? {} : { workers }) };
  const { wallMs } = await runSide({ ...request, input }, implementation, { kind: 'timing' });
  return wallMs;
}

/** @returns warnings */
async function refuseDifferentOutputs(request: ScaleRequest): Promise<string[]> {
  if (request.allowDifferentOutput) return [];
  const { before, after, progress, sizes, sizeKey } = request;
  progress.step(`comparing the outputs of ${before.name} and ${after.name}`);
  const input = { ...request.input, [sizeKey]: Math.min(...sizes) };
  const compared = await compareOutputs({ ...request, input });
  if (compared.kind === 'equal') return compared.nothing ? [nothingCompared(before.name, after.name)] : [];
  throw outputsDiffer(request, compared.where);
}

function reportOf(
  request: ScaleRequest,
  measured: readonly MeasuredSeries[],
  facts: Pick<ScaleReport, 'environment' | 'rounds' | 'elapsedMs'> & {
    readonly startedAt: Date;
    readonly outputWarnings: readonly string[];
  },
): ScaleReport {
  const { job, input, sizeKey, before, after } = request;
  const [old, ...news] = measured;
  if (old === undefined) throw new RangeError('nothing was measured');
  const series = measured.map(seriesOf);
  const crooked = series.filter(({ fit }) => fit !== null && fit.worstResidualRatio > STRAIGHT_WITHIN);
  return {
    schemaVersion: 1,
    kind: 'scale',
    job,
    environment: facts.environment,
    rounds: facts.rounds,
    elapsedMs: facts.elapsedMs,
    startedAt: facts.startedAt.toISOString(),
    input,
    sizeKey,
    before: before.name,
    after: after.name,
    series,
    crossings: news.map((now) => crossingOf(old, now)),
    moreCores: moreCoresOf(news, facts.environment.cores),
    warnings: [
      ...facts.outputWarnings,
      ...(facts.rounds < 6 ? [`${counted(facts.rounds, 'round')}: 6 give a 95 % interval (--budget)`] : []),
      ...crooked.map(
        ({ implementation, workers, fit }) =>
          `the cost of ${implementation}${workers === null ? '' : ` with ${counted(workers, 'worker')}`} is no straight line: ` +
          `it lies up to ${(100 * (fit?.worstResidualRatio ?? 0)).toFixed(0)} % from the fit`,
      ),
    ],
  };
}
