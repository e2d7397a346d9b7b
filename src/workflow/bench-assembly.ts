import { type BenchPlan, compareSides } from '../compare/bench-plan.ts';
import type {
  BenchHeader,
  BenchMode,
  BenchReport,
  BenchResult,
  StopReason,
} from '../compare/bench-report.ts';
import { withheldOf, withhold } from '../compare/withheld.ts';
import { median } from '../stats/median.ts';
import type { TakenLook } from '../stats/sequential.ts';
import type { BenchRequest } from './bench.ts';
import { type BenchRound, pairsOf } from './bench-round.ts';

/** What there is after some rounds. */
export interface Measured {
  readonly rounds: readonly BenchRound[];
  readonly looks: readonly TakenLook[];
  readonly stoppedBy: StopReason;
  readonly elapsedMs: number;
  readonly warnings: readonly string[];
}

export type Header = Omit<BenchHeader, 'stoppedBy' | 'elapsedMs'>;

/** Two modes of one side are two comparisons. */
export function planOf({ plan, after, mode }: BenchRequest): BenchPlan {
  return { ...plan, comparisons: after.length * (mode === 'both' ? 2 : 1) };
}

/** What the rounds so far say, as it is stored. */
export function assembleBench(request: BenchRequest, header: Header, measured: Measured): BenchReport {
  const { rounds, looks, stoppedBy, elapsedMs, warnings } = measured;
  const question = {
    toleranceRatio: header.toleranceRatio,
    metric: header.metric,
    pairMs: elapsedMs / rounds.length,
  };
  const resultsOf = (...modes: readonly BenchMode[]): BenchResult[] =>
    compareSides(
      modes.flatMap((mode) => request.after.map((_, index) => pairsOf(rounds, index + 1, mode))),
      { plan: planOf(request), looks, question },
    ).map((result, index) => {
      const isCold = modes[Math.floor(index / request.after.length)] === 'cold';
      return isCold
        ? result
        : checkedResult(request, rounds, { result, index: index % request.after.length });
    });
  const floors = rounds.flatMap(({ cells }) => cells.flatMap(({ clockFloorNs }) => clockFloorNs ?? []));
  const clock = floors.length === 0 ? {} : { clockFloorNs: median(floors) };
  const all = { ...header, stoppedBy, elapsedMs, ...clock };
  const name = request.after[0]?.name ?? '';
  if (request.mode === 'both') {
    const [cold, steady] = resultsOf('cold', 'steady');
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

/** Without its claim where something stands against it. */
function checkedResult(
  { before, after }: BenchRequest,
  rounds: readonly BenchRound[],
  { result, index }: { readonly result: BenchResult; readonly index: number },
): BenchResult {
  const evidence = {
    before: rounds.flatMap(({ cells }) => cells[0] ?? []),
    after: rounds.flatMap(({ cells }) => cells[index + 1] ?? []),
  };
  const why = withheldOf(result, evidence, { before: before.name, after: after[index]?.name ?? '' });
  return why === null ? result : withhold(result, why);
}

/** All comparisons of a report. */
export function resultsIn(report: BenchReport): BenchResult[] {
  if ('modes' in report) return [report.modes.cold, report.modes.steady];
  return 'comparisons' in report ? [...report.comparisons] : [report];
}
