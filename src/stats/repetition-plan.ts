import { squaresOf } from './mean.ts';
import { median } from './median.ts';

/** What one process of the first pairs told about its repetitions. */
export interface PilotProcess {
  /** All that the process takes besides its repetitions: start, import, setup, first run, end. */
  readonly overheadMs: number;
  /** How long its repetitions took until they were steady. */
  readonly warmUpMs: number;
  /** What one repetition costs, with its fresh input and other untimed work. */
  readonly repetitionCostMs: number;
  /** Durations of the steady repetitions in order of time; at least one. */
  readonly steadyMs: readonly number[];
}

export interface PilotPair {
  readonly before: PilotProcess;
  readonly after: PilotProcess;
}

/** How long to measure in each further process. */
export interface RepetitionPlan {
  /** From the first repetition on: warm-up and steady part. */
  readonly timeMs: number;
  /** The steady part alone. */
  readonly steadyMs: number;
  /** What a pair of processes then costs. */
  readonly pairMs: number;
}

/**
 * The number of repetitions per process at which a given precision costs least: √(c₁/c₂ · σ²within/σ²between), c₁ the
 * cost of a process up to its steady state and c₂ that of one repetition (Kalibera & Jones, "Rigorous Benchmarking in
 * Reasonable Time", 2013, section 6.2).
 *
 * @returns not rounded; infinite if processes do not differ
 */
export function optimalRepetitions(of: {
  readonly processCostMs: number;
  readonly repetitionCostMs: number;
  readonly withinVariance: number;
  readonly betweenVariance: number;
}): number {
  if (of.withinVariance === 0) return 1;
  return Math.sqrt(((of.processCostMs / of.repetitionCostMs) * of.withinVariance) / of.betweenVariance);
}

/** Steady repetitions per process, whatever the variances: fewer tell nothing about a steady state. */
const LEAST_STEADY_REPETITIONS = 10;
/** The steady part lasts at least this share of the warm-up, so that it can be recognized. */
const LEAST_SHARE_OF_WARM_UP = 0.5;
/** Longer than this, drift of the machine within a process outweighs what more repetitions give. */
const MOST_STEADY_MS = 1000;
/**
 * A few pairs tell little about how much processes differ, so their variance is averaged with a typical one, which
 * counts as much as three pairs: a standard deviation of 0.7 % between processes of one program.
 */
const TYPICAL_BETWEEN = 0.007;
const TYPICAL_WEIGHT = 3;
/** For the variance of a mean of repetitions that resemble their neighbours. */
const BLOCKS = 10;

/**
 * Plans the steady part from the first pairs. Both sides get the same time, so that identical programs stay exchangeable
 * and the test of their difference keeps its level.
 *
 * With t the steady time per process, a pair costs `2t + overheads` and its log ratio has the variance `B + W/t`; the
 * product is least at t = √(overheads/2 · W/B), which is `optimalRepetitions` in units of time.
 *
 * @param pairs at least 2
 * @throws RangeError with fewer
 */
export function planRepetitions(pairs: readonly PilotPair[]): RepetitionPlan {
  if (pairs.length < 2) throw new RangeError(`no plan from ${pairs.length} pairs`);
  const processes = pairs.flatMap(({ before, after }) => [before, after]);
  const overheadMs = sumOfSides(pairs, ({ overheadMs, warmUpMs }) => overheadMs + warmUpMs);
  // Per ms of measuring, of both sides together.
  const within = sumOfSides(pairs, (one) => longRunVariance(one.steadyMs) * one.repetitionCostMs);
  const observed = varianceOf(pairs.map(({ before, after }) => centreOf(after) - centreOf(before)));
  const explained = sumOfSides(pairs, ({ steadyMs }) => longRunVariance(steadyMs) / steadyMs.length);
  const shown = Math.max(0, observed - explained);
  const degrees = pairs.length - 1;
  const between = (degrees * shown + TYPICAL_WEIGHT * 2 * TYPICAL_BETWEEN ** 2) / (degrees + TYPICAL_WEIGHT);
  const wantedMs = optimalRepetitions({
    processCostMs: overheadMs / 2,
    repetitionCostMs: 1,
    withinVariance: within,
    betweenVariance: between,
  });
  const least = leastTimes(processes);
  const steadyMs = Math.max(least.steadyMs, Math.min(wantedMs, MOST_STEADY_MS));
  return { timeMs: least.warmUpMs + steadyMs, steadyMs, pairMs: overheadMs + 2 * steadyMs };
}

/** Either a plan, or the budget without which the least number of pairs cannot be measured. */
export type BudgetedPlan =
  | { readonly kind: 'fits'; readonly plan: RepetitionPlan }
  | { readonly kind: 'too little'; readonly plan: RepetitionPlan; readonly neededBudgetMs: number };

/**
 * Shortens the steady part, as far as it can still be recognized, until the least number of pairs fits the budget.
 *
 * @param pairs the first pairs, at least 2
 */
export function fitToBudget(
  pairs: readonly PilotPair[],
  {
    leastPairs,
    budgetMs,
    spentMs,
  }: { readonly leastPairs: number; readonly budgetMs: number; readonly spentMs: number },
): BudgetedPlan {
  const plan = planRepetitions(pairs);
  const missing = Math.max(0, leastPairs - pairs.length);
  const leftMs = budgetMs - spentMs;
  if (missing * plan.pairMs <= leftMs) return { kind: 'fits', plan };
  const least = leastTimes(pairs.flatMap(({ before, after }) => [before, after]));
  const overheadMs = plan.pairMs - 2 * plan.steadyMs;
  const steadyMs = Math.max(least.steadyMs, (leftMs / missing - overheadMs) / 2);
  const shorter = { timeMs: least.warmUpMs + steadyMs, steadyMs, pairMs: overheadMs + 2 * steadyMs };
  // A thousandth for rounding: the shortened plan may fit the budget exactly.
  if (missing * shorter.pairMs <= leftMs * 1.001) return { kind: 'fits', plan: shorter };
  return { kind: 'too little', plan: shorter, neededBudgetMs: spentMs + missing * shorter.pairMs };
}

function leastTimes(processes: readonly PilotProcess[]): {
  readonly warmUpMs: number;
  readonly steadyMs: number;
} {
  const warmUpMs = Math.max(...processes.map((one) => one.warmUpMs));
  const slowestMs = Math.max(...processes.map((one) => one.repetitionCostMs));
  return {
    warmUpMs,
    steadyMs: Math.max(LEAST_STEADY_REPETITIONS * slowestMs, LEAST_SHARE_OF_WARM_UP * warmUpMs),
  };
}

/** The mean over the pairs of what both sides have of something. */
function sumOfSides(pairs: readonly PilotPair[], of: (process: PilotProcess) => number): number {
  return pairs.reduce((sum, { before, after }) => sum + of(before) + of(after), 0) / pairs.length;
}

function centreOf({ steadyMs }: PilotProcess): number {
  return median(steadyMs.map(Math.log));
}

/**
 * Of the logarithms: the variance of one repetition that gives the right variance for a mean of many, by batch means
 * (Flegal & Jones 2010), since neighbouring repetitions resemble one another. Blocks' medians keep out garbage collections.
 */
function longRunVariance(durations: readonly number[]): number {
  const logs = durations.map(Math.log);
  const size = Math.max(1, Math.floor(logs.length / BLOCKS));
  const blocks = Array.from({ length: Math.floor(logs.length / size) }, (_, index) =>
    median(logs.slice(index * size, (index + 1) * size)),
  );
  return blocks.length < 2 ? 0 : size * varianceOf(blocks);
}

/** With n − 1 as the divisor. */
function varianceOf(values: readonly number[]): number {
  return squaresOf(values) / (values.length - 1);
}
