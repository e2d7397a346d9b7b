import { seededRandom } from '../base/random.ts';
import { type BenchPlan, standingAfter } from '../compare/bench-plan.ts';
import type { BenchMode, BenchReport, BenchResult, MetricName, StopReason } from '../compare/bench-report.ts';
import type { Environment } from '../compare/profile-report.ts';
import { randomOrders } from '../stats/run-orders.ts';
import type { TakenLook } from '../stats/sequential.ts';
import { reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import { newestNoise } from '../store/noise.ts';
import type { Judge } from '../store/project.ts';
import { assembleBench, type Header, type Measured, planOf, resultsIn } from './bench-assembly.ts';
import { type BenchRound, measureProcess, type ProcessMeasurement, type Subject } from './bench-round.ts';
import { chooseMode, outputsOf } from './bench-start.ts';
import { closingWarnings } from './bench-warnings.ts';
import { savedBefore } from './failed-run.ts';
import { measureRounds } from './rounds.ts';
import { steadyPlanning } from './steady-planner.ts';

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

/** null: by how long a run takes. */
export type BenchAsked = Omit<BenchRequest, 'mode'> & { readonly mode: BenchRequest['mode'] | null };

interface Saved {
  readonly report: BenchReport;
  readonly file: string;
}

export interface StoredBench extends Saved {
  readonly rounds: readonly BenchRound[];
}

/**
 * Interleaved rounds of fresh processes, until every comparison is settled or the budget is spent.
 *
 * What was measured is saved after each round; an interruption ends it early, with what there is.
 *
 * @throws OutpaceError OUTPUTS_DIFFER before anything is timed, unless that is allowed; RUN_FAILED or TIME_LIMIT naming the
 *   run and what was saved before it
 */
export async function bench(asked: BenchAsked): Promise<StoredBench> {
  const startedAt = asked.world.now();
  const { job, before, after, reportsDir } = asked;
  const names = [before, ...after].map(({ name }) => name);
  const reservation = await reserveStem({
    profilesDir: reportsDir,
    reportsDir,
    startedAt,
    suffix: `${job}_${names.join('_')}_bench`,
  });
  try {
    const outputs = await outputsOf(asked);
    const { mode, note } = await chooseMode(asked, outputs.firstRunsMs);
    const request: BenchRequest = { ...asked, mode };
    const environment = await request.world.readEnvironment(request.root);
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
      includesImport: request.includesImport ?? false,
      outputsEqual: outputs.outputsEqual,
      ...(note === null ? {} : { modeNote: note }),
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

type Save = (state: Measured) => Promise<Saved>;

async function measure(request: BenchRequest, save: Save): Promise<Measured> {
  const sides = [request.before, ...request.after];
  const { isSettled = allSettled } = request.plan;
  const plan = planOf(request);
  const { leastPairs } = request.plan;
  const { budgetMs } = request;
  const orders = randomOrders(sides.length, seededRandom(request.seed));
  const watch = request.world.watchMachine();
  const what = sides.length === 2 ? 'pair' : 'round';
  const repeating = steadyPlanning(request, plan);
  let taken: readonly TakenLook[] = [];
  let looks: readonly TakenLook[] = [];
  const state = (rounds: readonly BenchRound[], stoppedBy: StopReason): Measured => ({
    rounds,
    looks,
    stoppedBy,
    elapsedMs: watch.elapsedMs(),
    warnings: [],
  });
  request.progress.step(`measuring ${sides.map(({ name }) => name).join(' and ')}, interleaved`);
  const { rounds, stoppedBy } = await measureRounds<Implementation, ProcessMeasurement, StopReason>({
    cells: sides,
    order: () => orders.next().value,
    observe: (side, { round }) =>
      measureProcess(request, side, { at: `${what} ${round}`, steady: repeating.plan() }),
    async afterRound(soFar) {
      const pairs = soFar.length;
      const standing = standingAfter(plan, {
        taken,
        pairs,
        elapsedMs: watch.elapsedMs(),
        budgetMs,
        leastPairs,
      });
      looks = standing.looks;
      const isLook = standing.isLook && isSettled !== null;
      const { report } = await save(state(soFar, 'running'));
      const results = resultsIn(report);
      const [result] = results;
      if (result !== undefined) request.progress.round({ result, elapsedMs: watch.elapsedMs() });
      if (isLook && isSettled?.(results) === true) return 'settled';
      if (isLook) taken = looks;
      repeating.revise(soFar, watch.elapsedMs());
      return standing.exhausted;
    },
    async saveFailed(soFar) {
      const { file } = await save(state(soFar, 'failed'));
      return savedBefore({ root: request.root, file }, { count: soFar.length, what });
    },
  });
  const ended = state(rounds, stoppedBy);
  const closing = closingWarnings(sides, rounds, { ...request, watch });
  const early = stoppedBy === 'interrupted' ? [STOPPED_EARLY] : [];
  return { ...ended, warnings: [...early, ...repeating.warnings(), ...closing] };
}

const STOPPED_EARLY = 'stopped early: the interval is at the level of a look that was not the last';

function allSettled(results: readonly BenchResult[]): boolean {
  // A verdict that is withheld, because the work was removed for example, is not given after more pairs either.
  return results.every(({ verdict }) => verdict.kind !== 'inconclusive' || verdict.reason !== undefined);
}
