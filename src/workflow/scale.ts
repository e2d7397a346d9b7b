import { OutpaceError } from '../base/errors.ts';
import { type Random, seededRandom, shuffled } from '../base/random.ts';
import { readEnvironment, startOfNow } from '../capture/environment.ts';
import { watchMachine } from '../capture/machine.ts';
import type { ScaleReport, ScaleStop } from '../compare/scale-report.ts';
import { nothingCompared } from '../compare/stored-output.ts';
import { reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Judge } from '../store/project.ts';
import type { Subject } from './bench-round.ts';
import { compareOutputs, outputsDiffer } from './compare-outputs.ts';
import { inRun, NOTHING_SAVED, savedBefore, withSaved } from './failed-run.ts';
import type { ProfileProgress } from './profile.ts';
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
  const startedAt = startOfNow();
  const suffix = `${job}_${before.name}_${after.name}_scale`;
  const reservation = await reserveStem({ profilesDir: reportsDir, reportsDir, startedAt, suffix });
  try {
    const outputWarnings = await refuseDifferentOutputs(request);
    const environment = await readEnvironment(root);
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
  const watch = watchMachine();
  const rounds: SweepRound[] = [];
  const saved = (stoppedBy: ScaleStop) => save(rounds, { stoppedBy, elapsedMs: watch.elapsedMs() });
  try {
    for (;;) {
      rounds.push(await sweepRound(request, { number: rounds.length + 1, random }));
      const stoppedBy = stopReason(rounds.length, watch.elapsedMs(), request.budgetMs);
      const stored = await saved(stoppedBy ?? 'running');
      if (stoppedBy !== null) return stored;
    }
  } catch (error) {
    if (rounds.length === 0) throw withSaved(error, NOTHING_SAVED);
    const interrupted = error instanceof OutpaceError && error.code === 'INTERRUPTED';
    const { file } = await saved(interrupted ? 'interrupted' : 'failed');
    throw withSaved(
      error,
      savedBefore({ root: request.root, file }, { count: rounds.length, what: 'round' }),
    );
  }
}

function stopReason(rounds: number, elapsedMs: number, budgetMs: number): ScaleStop | null {
  if (rounds >= MOST_ROUNDS) return 'rounds';
  return rounds >= LEAST_ROUNDS && elapsedMs + elapsedMs / rounds > budgetMs ? 'budget' : null;
}

async function sweepRound(
  request: ScaleRequest,
  { number, random }: { readonly number: number; readonly random: Random },
): Promise<SweepRound> {
  const { sizes, sizeKey } = request;
  const sides = seriesAsked(request);
  const cells = sides.flatMap((side, series) => sizes.map((size): Cell => ({ side, series, size })));
  const times = new Map<string, number>();
  for (const [index, { side, series, size }] of shuffled(cells, random).entries()) {
    request.progress.step(`round ${number}: run ${index + 1} of ${cells.length}`);
    const wallMs = await timeOf(request, side, size).catch((error: unknown) => {
      const workers = side.workers === null ? '' : ` and ${side.workers} workers`;
      throw inRun(error, `round ${number}, ${side.implementation.name} with ${sizeKey}=${size}${workers}`);
    });
    times.set(keyOf(series, size), wallMs);
  }
  return times;
}

async function timeOf(
  request: ScaleRequest,
  { implementation, workers }: SweptSide,
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
