import { analyse, type BenchPlan, type Stage } from '../compare/bench-plan.ts';
import type {
  BenchHeader,
  BenchMode,
  BenchReport,
  BenchResult,
  StopReason,
} from '../compare/bench-report.ts';
import type { BenchRequest } from './bench.ts';
import { type BenchRound, pairsOf } from './bench-round.ts';

/** What there is after some rounds. */
export interface Measured {
  readonly rounds: readonly BenchRound[];
  readonly stage: Stage;
  readonly stoppedBy: StopReason;
  readonly elapsedMs: number;
  readonly warnings: readonly string[];
}

export type Header = Omit<BenchHeader, 'stoppedBy' | 'elapsedMs'>;

export function planOf({ plan, after }: BenchRequest): BenchPlan {
  return { ...plan, comparisons: after.length };
}

/** What the rounds so far say, as it is stored. */
export function assembleBench(request: BenchRequest, header: Header, measured: Measured): BenchReport {
  const { rounds, stage, stoppedBy, elapsedMs, warnings } = measured;
  const question = {
    toleranceRatio: header.toleranceRatio,
    seed: request.seed,
    metric: header.metric,
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
