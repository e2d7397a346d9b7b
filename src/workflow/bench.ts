import { OutpaceError } from '../base/errors.ts';
import { seededRandom } from '../base/random.ts';
import { readEnvironment, startOfNow } from '../capture/environment.ts';
import { clockResolutionMs, watchMachine } from '../capture/machine.ts';
import { analyse, type BenchPlan, looksOf, MOST_PAIRS, type Stage } from '../compare/bench-plan.ts';
import type { BenchMode, BenchReport, BenchResult, StopReason } from '../compare/bench-report.ts';
import { machineWarnings, processWarnings } from '../compare/machine-warnings.ts';
import { reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import { balancedOrders, measureRound, pairsOf, type Round, type Subject } from './bench-round.ts';
import { compareOutputs, type OutputsComparison } from './compare-outputs.ts';

export interface BenchRequest extends Subject {
  readonly job: string;
  readonly before: Implementation;
  /** One, or several that are each compared with `before`. */
  readonly after: readonly Implementation[];
  readonly mode: BenchMode | 'both';
  readonly plan: Omit<BenchPlan, 'comparisons'> & {
    /** So many pairs in any case, though the budget be spent. */
    readonly leastPairs: number;
  };
  readonly budgetMs: number;
  readonly toleranceRatio: number;
  readonly seed: number;
  /** The config's file, where it has an `equal` of its own. */
  readonly judge: string | null;
  readonly outputs: 'must be equal' | 'may differ' | 'compared already';
  readonly reportsDir: string;
  readonly progress: BenchProgress;
}

export interface BenchProgress {
  step(message: string): void;
  /** After each round: the first comparison so far. */
  round(soFar: { readonly result: BenchResult; readonly elapsedMs: number }): void;
}

export interface StoredBench {
  readonly report: BenchReport;
  readonly file: string;
  readonly rounds: readonly Round[];
}

/**
 * Interleaved rounds of fresh processes, until every comparison is settled or the budget is spent.
 *
 * What was measured is saved after each round; an interruption ends it early, with what there is.
 *
 * @throws OutpaceError OUTPUTS_DIFFER before anything is timed, unless that is allowed
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
    const different = request.outputs === 'compared already' ? [] : await differingOutputs(request);
    const header = {
      schemaVersion: 1,
      kind: 'bench',
      job,
      startedAt: startedAt.toISOString(),
      environment: await readEnvironment(request.root),
      input: request.input,
      seed: request.seed,
      toleranceRatio: request.toleranceRatio,
      before: before.name,
      outputsEqual: different.length === 0,
    } as const;
    let file = '';
    const save = async (state: Measured): Promise<BenchReport> => {
      const report = toReport(request, header, { ...state, warnings: [...different, ...state.warnings] });
      const content = `${JSON.stringify(report, null, 1)}\n`;
      file = await reservation.update({ folder: 'reportsDir', extension: '.json', content });
      return report;
    };
    const measured = await measure(request, save);
    const report = await save(measured);
    return { report, file, rounds: measured.rounds };
  } finally {
    await reservation.release();
  }
}

async function differingOutputs(request: BenchRequest): Promise<string[]> {
  const warnings: string[] = [];
  for (const after of request.after) {
    request.progress.step(`comparing the outputs of ${request.before.name} and ${after.name}`);
    const compared: OutputsComparison = await compareOutputs({ ...request, after });
    if (compared.kind === 'equal') continue;
    const what = `the outputs of ${request.before.name} and ${after.name} differ: ${compared.where}`;
    if (request.outputs === 'must be equal') {
      throw new OutpaceError('OUTPUTS_DIFFER', `${what}\n(--allow-different-output measures all the same)`);
    }
    warnings.push(what.replaceAll('\n', '; '));
  }
  return warnings;
}

/** What there is after some rounds. */
interface Measured {
  readonly rounds: readonly Round[];
  readonly stage: Stage;
  readonly stoppedBy: StopReason;
  readonly elapsedMs: number;
  readonly warnings: readonly string[];
}

async function measure(
  request: BenchRequest,
  save: (state: Measured) => Promise<BenchReport>,
): Promise<Measured> {
  const sides = [request.before, ...request.after];
  const plan = planOf(request);
  const planned = new Set(looksOf(plan).map(({ pairs }) => pairs));
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
      rounds.push(await measureRound(request, sides, { order, steady: request.mode !== 'cold' }));
      const isLook = planned.has(rounds.length);
      const report = await save(state('running', false));
      const results = resultsIn(report);
      const [result] = results;
      if (result !== undefined) request.progress.round({ result, elapsedMs: watch.elapsedMs() });
      const settled = isLook && results.every(({ verdict }) => verdict.kind !== 'inconclusive');
      const stoppedBy = settled ? 'settled' : exhausted(request, rounds.length, watch.elapsedMs());
      if (stoppedBy !== null) {
        return state(stoppedBy, stoppedBy !== 'settled', closingWarnings(rounds, watch));
      }
      if (isLook) looked.push(rounds.length);
    }
  } catch (error) {
    const interrupted = error instanceof OutpaceError && error.code === 'INTERRUPTED';
    if (rounds.length === 0) throw error;
    if (!interrupted) {
      await save(state('failed', false));
      throw error;
    }
    return state('interrupted', false, [
      'stopped early: the interval is at the level of a look that was not the last',
      ...closingWarnings(rounds, watch),
    ]);
  }
  throw new RangeError('the orders have come to an end');
}

/** Why there is no further round, if there is none. */
function exhausted({ plan, budgetMs }: BenchRequest, rounds: number, elapsedMs: number): StopReason | null {
  if (plan.fixedPairs !== null) return rounds >= plan.fixedPairs ? 'pairs' : null;
  if (rounds >= MOST_PAIRS) return 'pairs';
  if (rounds < plan.leastPairs) return null;
  return elapsedMs + elapsedMs / rounds > budgetMs ? 'budget' : null;
}

function planOf({ plan, after }: BenchRequest): BenchPlan {
  return { ...plan, comparisons: after.length };
}

function closingWarnings(rounds: readonly Round[], watch: ReturnType<typeof watchMachine>): string[] {
  const processes = rounds.flatMap(({ sides }) => sides);
  const account = watch.stop(processes.reduce((sum, { processCpuMs }) => sum + processCpuMs, 0));
  const shortestMs = Math.min(...processes.map(({ cold, steady }) => (steady ?? cold).wallMs));
  return [
    ...machineWarnings(account, { clockResolutionMs: clockResolutionMs(), shortestMs }),
    ...processWarnings(processes.map(({ unsteady }) => unsteady)),
  ];
}

type Header = Pick<
  BenchReport,
  | 'schemaVersion'
  | 'kind'
  | 'job'
  | 'startedAt'
  | 'environment'
  | 'input'
  | 'seed'
  | 'toleranceRatio'
  | 'before'
  | 'outputsEqual'
>;

function toReport(request: BenchRequest, header: Header, measured: Measured): BenchReport {
  const { rounds, stage, stoppedBy, elapsedMs, warnings } = measured;
  const question = {
    toleranceRatio: request.toleranceRatio,
    seed: request.seed,
    pairMs: elapsedMs / rounds.length,
  };
  const resultsOf = (mode: BenchMode): BenchResult[] =>
    analyse(
      request.after.map((_, index) => pairsOf(rounds, index + 1, mode)),
      { plan: planOf(request), stage, question },
    );
  const all = { ...header, stoppedBy, elapsedMs };
  const name = request.after[0]?.name ?? '';
  if (request.mode === 'both') {
    const [cold, steady] = [resultsOf('cold')[0], resultsOf('steady')[0]];
    if (cold === undefined || steady === undefined) throw new RangeError('nothing was measured');
    return { ...all, after: name, mode: 'both', modes: { cold, steady }, warnings };
  }
  const results = resultsOf(request.mode);
  const [result] = results;
  if (result === undefined) throw new RangeError('nothing was measured');
  if (results.length === 1) {
    return {
      ...all,
      after: name,
      mode: request.mode,
      ...result,
      warnings: [...warnings, ...result.warnings],
    };
  }
  const comparisons = results.map((one, index) => ({ after: request.after[index]?.name ?? '', ...one }));
  return { ...all, mode: request.mode, comparisons, warnings };
}

/** All comparisons of a report. */
export function resultsIn(report: BenchReport): BenchResult[] {
  if ('modes' in report) return [report.modes.cold, report.modes.steady];
  return 'comparisons' in report ? [...report.comparisons] : [report];
}
