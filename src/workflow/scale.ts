import { seededRandom, shuffled } from '../base/random.ts';
import type { ScaleReport, ScaleStop } from '../compare/scale-report.ts';
import { nothingCompared } from '../compare/stored-output.ts';
import { reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Judge } from '../store/project.ts';
import type { Subject } from './bench-round.ts';
import { compareOutputs, outputsDiffer } from './compare-outputs.ts';
import { inRun, savedBefore } from './failed-run.ts';
import type { ProfileProgress } from './profile.ts';
import { measureRounds, oneMoreFits, type Round } from './rounds.ts';
import { runSide } from './run-side.ts';
import { assembleScale, keyOf, type SweepRound, type SweptSide, seriesAsked } from './scale-assembly.ts';

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

interface Cell {
  readonly side: SweptSide;
  readonly series: number;
  readonly size: number;
}

/**
 * Both sides over all sizes and numbers of workers, each round in an order by chance; stored after each round.
 *
 * @throws OutpaceError OUTPUTS_DIFFER; RUN_FAILED or TIME_LIMIT naming the run and what was saved before it
 */
export async function scale(request: ScaleRequest): Promise<{ report: ScaleReport; file: string }> {
  const { job, before, after, reportsDir, root } = request;
  const startedAt = request.world.now();
  const suffix = `${job}_${before.name}_${after.name}_scale`;
  const reservation = await reserveStem({ profilesDir: reportsDir, reportsDir, startedAt, suffix });
  try {
    const outputWarnings = await refuseDifferentOutputs(request);
    const environment = await request.world.readEnvironment(root);
    const save = async (
      rounds: readonly SweepRound[],
      state: Pick<ScaleReport, 'stoppedBy' | 'elapsedMs'>,
    ) => {
      const report = assembleScale(request, rounds, { startedAt, environment, outputWarnings, ...state });
      const content = `${JSON.stringify(report, null, 1)}\n`;
      const file = await reservation.update({ folder: 'reportsDir', extension: '.json', content });
      return { report, file };
    };
    return await sweep(request, save);
  } finally {
    await reservation.release();
  }
}

type Save = (
  rounds: readonly SweepRound[],
  state: Pick<ScaleReport, 'stoppedBy' | 'elapsedMs'>,
) => Promise<{ report: ScaleReport; file: string }>;

async function sweep(request: ScaleRequest, save: Save): Promise<{ report: ScaleReport; file: string }> {
  const random = seededRandom(request.seed);
  const watch = request.world.watchMachine();
  const cells = cellsOf(request);
  const saved = (rounds: readonly Round<number>[], stoppedBy: ScaleStop) =>
    save(sweepRounds(cells, rounds), { stoppedBy, elapsedMs: watch.elapsedMs() });
  const { rounds, stoppedBy } = await measureRounds<Cell, number, ScaleStop>({
    cells,
    order: () => shuffled([...cells.keys()], random),
    observe: (cell, { round, turn }) => {
      request.progress.step(`round ${round}: run ${turn} of ${cells.length}`);
      return timeOf(request, cell, round);
    },
    async afterRound(soFar) {
      const end = stopReason(soFar.length, watch.elapsedMs(), request.budgetMs);
      if (end === null) await saved(soFar, 'running');
      return end;
    },
    async saveFailed(soFar) {
      const { file } = await saved(soFar, 'failed');
      return savedBefore({ root: request.root, file }, { count: soFar.length, what: 'round' });
    },
  });
  return saved(rounds, stoppedBy);
}

function stopReason(rounds: number, elapsedMs: number, budgetMs: number): ScaleStop | null {
  if (rounds >= MOST_ROUNDS) return 'rounds';
  return rounds >= LEAST_ROUNDS && !oneMoreFits(rounds, { elapsedMs, budgetMs }) ? 'budget' : null;
}

function cellsOf(request: ScaleRequest): Cell[] {
  return seriesAsked(request).flatMap((side, series) =>
    request.sizes.map((size): Cell => ({ side, series, size })),
  );
}

function sweepRounds(cells: readonly Cell[], rounds: readonly Round<number>[]): SweepRound[] {
  return rounds.map(
    (round) =>
      new Map(
        cells.map(({ series, size }, index) => [keyOf(series, size), round.cells[index] ?? 0] as const),
      ),
  );
}

/** The time of one run of a cell, ms. */
async function timeOf(request: ScaleRequest, { side, size }: Cell, round: number): Promise<number> {
  const { sizeKey } = request;
  const { implementation, workers } = side;
  const input = { ...request.input, [sizeKey]: size, ...(workers === null ? {} : { workers }) };
  const { wallMs } = await runSide({ ...request, input }, implementation, { kind: 'timing' }).catch(
    (error: unknown) => {
      const and = workers === null ? '' : ` and ${workers} workers`;
      throw inRun(error, `round ${round}, ${implementation.name} with ${sizeKey}=${size}${and}`);
    },
  );
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
