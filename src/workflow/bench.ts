import { OutpaceError } from '../base/errors.ts';
import { seededRandom } from '../base/random.ts';
import { readEnvironment, startOfNow } from '../capture/environment.ts';
import { watchMachine } from '../capture/machine.ts';
import { type BenchPlan, looksOf, MOST_PAIRS } from '../compare/bench-plan.ts';
import type { BenchMode, BenchReport, BenchResult, MetricName, StopReason } from '../compare/bench-report.ts';
import type { Environment } from '../compare/profile-report.ts';
import { nothingCompared } from '../compare/stored-output.ts';
import { reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import { newestNoise } from '../store/noise.ts';
import type { Judge } from '../store/project.ts';
import { assembleBench, type Header, type Measured, planOf, resultsIn } from './bench-assembly.ts';
import { balancedOrders, measureRound, type Round, type Subject } from './bench-round.ts';
import { closingWarnings } from './bench-warnings.ts';
import { compareOutputs, differenceOf, outputsDiffer } from './compare-outputs.ts';
import { NOTHING_SAVED, savedBefore, withSaved } from './failed-run.ts';

export interface BenchRequest extends Subject {
  readonly before: Implementation;
  /** One, or several that are each compared with `before`. */
  readonly after: readonly Implementation[];
  readonly mode: BenchMode | 'both';
  readonly plan: Omit<BenchPlan, 'comparisons'> & {
    /** So many pairs in any case, though the budget be spent. */
    readonly leastPairs: number;
    /**
     * Whether what a look shows ends the measurement; by default, a verdict does. null: it is not looked at before the
     * end, and the whole budget is used.
     */
    readonly isSettled?: ((results: readonly BenchResult[]) => boolean) | null;
  };
  readonly budgetMs: number;
  readonly toleranceRatio: number;
  /** Which one decides; `wall` by default. */
  readonly metric?: MetricName | undefined;
  readonly seed: number;
  /** Where the config has an `equal` of its own. */
  readonly judge: Judge | null;
  readonly outputs: 'must be equal' | 'may differ' | 'compared already' | 'known to differ';
  readonly reportsDir: string;
  readonly progress: BenchProgress;
}

export interface BenchProgress {
  step(message: string): void;
  /** After each round: the first comparison so far. */
  round(soFar: { readonly result: BenchResult; readonly elapsedMs: number }): void;
}

interface Saved {
  readonly report: BenchReport;
  readonly file: string;
}

export interface StoredBench extends Saved {
  readonly rounds: readonly Round[];
}

/**
 * Interleaved rounds of fresh processes, until every comparison is settled or the budget is spent.
 *
 * What was measured is saved after each round; an interruption ends it early, with what there is.
 *
 * @throws OutpaceError OUTPUTS_DIFFER before anything is timed, unless that is allowed; RUN_FAILED or TIME_LIMIT naming the
 *   run and what was saved before it
 */
export async function bench(request: BenchRequest): Promise<StoredBench> {
  const startedAt = startOfNow();
  const { job, before, after, reportsDir } = request;
  const names = [before, ...after].map(({ name }) => name);
  const reservation = await reserveStem({
    profilesDir: reportsDir,
    reportsDir,
    startedAt,
    suffix: `${job}_${names.join('_')}_bench`,
  });
  try {
    const outputs = await outputsOf(request);
    const environment = await readEnvironment(request.root);
    const toleranceRatio = await effectiveTolerance(request, environment);
    const header: Header = {
      schemaVersion: 1,
      kind: 'bench',
      job,
      startedAt: startedAt.toISOString(),
      environment,
      input: request.input,
      seed: request.seed,
      toleranceRatio,
      metric: request.metric ?? 'wall',
      confidenceLevel: request.plan.confidenceLevel,
      before: before.name,
      outputsEqual: outputs.outputsEqual,
    };
    const save = async (state: Measured): Promise<Saved> => {
      const report = assembleBench(request, header, {
        ...state,
        warnings: [...outputs.warnings, ...state.warnings],
      });
      const content = `${JSON.stringify(report, null, 1)}\n`;
      const file = await reservation.update({ folder: 'reportsDir', extension: '.json', content });
      return { report, file };
    };
    const measured = await measure(request, save);
    return { ...(await save(measured)), rounds: measured.rounds };
  } finally {
    await reservation.release();
  }
}

/** The tolerance asked for, or the machine's own noise where a calibration has shown that to be larger. */
async function effectiveTolerance(request: BenchRequest, environment: Environment): Promise<number> {
  const mode = request.mode === 'steady' ? 'steady' : 'cold';
  const { metric = 'wall' } = request;
  const noise = await newestNoise(request.reportsDir, { job: request.job, mode, metric, environment });
  return Math.max(request.toleranceRatio, noise?.noiseRatio ?? 0);
}

/** @throws OutpaceError OUTPUTS_DIFFER or OUTPUT_NOT_COMPARABLE where they must be equal */
async function outputsOf(
  request: BenchRequest,
): Promise<{ readonly outputsEqual: boolean; readonly warnings: string[] }> {
  const warnings: string[] = [];
  let outputsEqual = true;
  if (request.outputs === 'compared already') return { outputsEqual, warnings };
  if (request.outputs === 'known to differ') return { outputsEqual: false, warnings };
  for (const after of request.after) {
    request.progress.step(`comparing the outputs of ${request.before.name} and ${after.name}`);
    const found = await outputWarning(request, after);
    outputsEqual &&= found.equal;
    if (found.warning !== null) warnings.push(found.warning);
  }
  return { outputsEqual, warnings };
}

async function outputWarning(
  request: BenchRequest,
  after: Implementation,
): Promise<{ readonly equal: boolean; readonly warning: string | null }> {
  const { before } = request;
  const mustBeEqual = request.outputs === 'must be equal';
  try {
    const compared = await compareOutputs({ ...request, after });
    if (compared.kind === 'equal')
      return { equal: true, warning: compared.nothing ? nothingCompared(before.name, after.name) : null };
    if (mustBeEqual) throw outputsDiffer({ before, after }, compared.where);
    return { equal: false, warning: differenceOf(before, after, compared.where).replaceAll('\n', '; ') };
  } catch (error) {
    const isUnknown = error instanceof OutpaceError && error.code === 'OUTPUT_NOT_COMPARABLE';
    if (!isUnknown || mustBeEqual) throw error;
    return { equal: false, warning: error.message };
  }
}

async function measure(request: BenchRequest, save: (state: Measured) => Promise<Saved>): Promise<Measured> {
  const sides = [request.before, ...request.after];
  const plan = planOf(request);
  const { isSettled = allSettled } = request.plan;
  const planned = new Set(isSettled === null ? [] : looksOf(plan).map(({ pairs }) => pairs));
  const orders = balancedOrders(sides.length, seededRandom(request.seed));
  const watch = watchMachine();
  const rounds: Round[] = [];
  const looked: number[] = [];
  const state = (stoppedBy: StopReason, isLast: boolean, warnings: readonly string[] = []): Measured => ({
    rounds,
    stage: { looked, isLast },
    stoppedBy,
    elapsedMs: watch.elapsedMs(),
    warnings,
  });
  request.progress.step(`measuring ${sides.map(({ name }) => name).join(' and ')}, interleaved`);
  try {
    for (const order of orders) {
      const number = rounds.length + 1;
      rounds.push(await measureRound(request, sides, { number, order, steady: request.mode !== 'cold' }));
      const isLook = planned.has(rounds.length);
      const { report } = await save(state('running', false));
      const results = resultsIn(report);
      const [result] = results;
      if (result !== undefined) request.progress.round({ result, elapsedMs: watch.elapsedMs() });
      const stoppedBy =
        isLook && isSettled?.(results) === true
          ? 'settled'
          : exhausted(request, rounds.length, watch.elapsedMs());
      if (stoppedBy !== null) {
        return state(stoppedBy, stoppedBy !== 'settled', closingWarnings(sides, rounds, watch));
      }
      if (isLook) looked.push(rounds.length);
    }
  } catch (error) {
    const interrupted = error instanceof OutpaceError && error.code === 'INTERRUPTED';
    if (rounds.length === 0) throw withSaved(error, NOTHING_SAVED);
    if (!interrupted) {
      const { file } = await save(state('failed', false));
      const what = sides.length === 2 ? 'pair' : 'round';
      throw withSaved(error, savedBefore({ root: request.root, file }, { count: rounds.length, what }));
    }
    return state('interrupted', false, [
      'stopped early: the interval is at the level of a look that was not the last',
      ...closingWarnings(sides, rounds, watch),
    ]);
  }
  throw new RangeError('the orders have come to an end');
}

function allSettled(results: readonly BenchResult[]): boolean {
  return results.every(({ verdict }) => verdict.kind !== 'inconclusive');
}

/** Why there is no further round, if there is none. */
function exhausted({ plan, budgetMs }: BenchRequest, rounds: number, elapsedMs: number): StopReason | null {
  if (plan.fixedPairs !== null) return rounds >= plan.fixedPairs ? 'pairs' : null;
  if (rounds >= MOST_PAIRS) return 'pairs';
  if (rounds < plan.leastPairs) return null;
  return elapsedMs + elapsedMs / rounds > budgetMs ? 'budget' : null;
}
