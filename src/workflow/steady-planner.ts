import { MS_PER_S } from '../base/units.ts';
import type { SteadyPlan } from '../capture/child/steady.ts';
import type { BenchPlan } from '../compare/bench-plan.ts';
import { fitToBudget, type PilotPair } from '../stats/repetition-plan.ts';
import type { BenchRequest } from './bench.ts';
import type { BenchRound } from './bench-round.ts';

/** Batches in which a steady state can be recognized. */
const LEAST_BATCHES = 10;
/** How long the first processes repeat their run, before anything is known. */
const PILOT: SteadyPlan = { timeMs: 400, minIterations: LEAST_BATCHES };
/** Rounds that the plan is revised after; from then on all processes do the same. */
const PLANNING_ROUNDS = 5;
/** No process starts faster. */
const LEAST_OVERHEAD_MS = 1;
/** How long a process repeats its run where most processes were not steady within their time. */
const LONGEST_MS = 1000;

/** Of the budget: filled to the last ms, it would miss the last of the least rounds whenever a process took longer. */
const SPENT_SHARE = 0.9;

export interface SteadyBudget {
  /** The least number of rounds that can give a verdict. */
  readonly leastRounds: number;
  readonly budgetMs: number;
  /** Since the first process of the first round started. */
  readonly elapsedMs: number;
}

/** How long each process of a steady measurement repeats its run, and whether the budget allows for enough of them. */
export interface SteadyDecision {
  readonly plan: SteadyPlan;
  /** The budget that the least number of rounds takes, if the given one is too small. */
  readonly neededBudgetMs: number | null;
}

/**
 * The plan for the next round.
 *
 * @param rounds so far; the plan follows from at most the first five
 */
export function steadyPlanAfter(rounds: readonly BenchRound[], budget: SteadyBudget): SteadyDecision {
  const overheadMs = overheadOf(rounds, budget.elapsedMs);
  const pairs = rounds.slice(0, PLANNING_ROUNDS).flatMap((round) => pilotPairOf(round, overheadMs));
  if (pairs.length < 2) return { plan: PILOT, neededBudgetMs: null };
  const sides = rounds[0]?.cells.length ?? 2;
  const fitted = fitToBudget(pairs, {
    // A round of more sides costs as much as so many pairs.
    leastPairs: pairs.length + (Math.max(0, budget.leastRounds - rounds.length) * sides) / 2,
    budgetMs: budget.budgetMs,
    spentMs: budget.elapsedMs,
  });
  if (fitted.kind === 'too little')
    return { plan: planOf(fitted.plan.timeMs), neededBudgetMs: fitted.neededBudgetMs };
  const missing = Math.max(0, budget.leastRounds - rounds.length) * sides;
  const leftMs = SPENT_SHARE * budget.budgetMs - budget.elapsedMs;
  const spareMs = missing === 0 ? LONGEST_MS : leftMs / missing - fitted.plan.pairMs / 2;
  const longerMs = mostlyUnsteady(rounds.slice(0, PLANNING_ROUNDS))
    ? Math.min(LONGEST_MS, fitted.plan.timeMs + Math.max(0, spareMs))
    : 0;
  return { plan: planOf(Math.max(fitted.plan.timeMs, longerMs)), neededBudgetMs: null };
}

function planOf(timeMs: number): SteadyPlan {
  return { timeMs, minIterations: LEAST_BATCHES };
}

function mostlyUnsteady(rounds: readonly BenchRound[]): boolean {
  const processes = rounds.flatMap(({ cells }) => cells);
  return 2 * processes.filter(({ unsteady }) => unsteady !== null).length > processes.length;
}

/** The plan as it is revised in the course of a measurement. */
export interface SteadyPlanning {
  /** For the next process; null in the cold mode. */
  plan(): SteadyPlan | null;
  /** After each round. Says once that the budget is too small, as soon as that is known. */
  revise(rounds: readonly BenchRound[], elapsedMs: number): void;
  warnings(): readonly string[];
}

export function steadyPlanning(
  { mode, budgetMs, progress }: Pick<BenchRequest, 'mode' | 'budgetMs' | 'progress'>,
  { fixedPairs, confidenceLevel, comparisons }: BenchPlan,
): SteadyPlanning {
  let decision: SteadyDecision = { plan: PILOT, neededBudgetMs: null };
  let warnings: readonly string[] = [];
  const leastRounds = fixedPairs === null ? leastPairsFor((1 - confidenceLevel) / comparisons) : 0;
  return {
    plan: () => (mode === 'cold' ? null : decision.plan),
    warnings: () => warnings,
    revise(rounds, elapsedMs) {
      if (mode === 'cold') return;
      decision = steadyPlanAfter(rounds, { leastRounds, budgetMs, elapsedMs });
      if (warnings.length > 0) return;
      warnings = budgetWarnings(decision);
      for (const message of warnings) progress.step(message);
    },
  };
}

/** The least p-value of the signed-rank test of n pairs is 2^(1 − n). */
function leastPairsFor(alpha: number): number {
  return Math.ceil(1 - Math.log2(alpha));
}

function budgetWarnings({ neededBudgetMs }: SteadyDecision): string[] {
  if (neededBudgetMs === null) return [];
  const seconds = Math.ceil(neededBudgetMs / MS_PER_S);
  return [
    `the budget is too small for a verdict in the steady mode: it needs about ${seconds} s (--budget ${seconds}s)`,
  ];
}

/** What a process takes besides its repetitions, on average. */
function overheadOf(rounds: readonly BenchRound[], elapsedMs: number): number {
  const processes = rounds.flatMap(({ cells }) => cells);
  const repeatedMs = processes.reduce((sum, { repetitions }) => sum + (repetitions?.totalMs ?? 0), 0);
  return Math.max(LEAST_OVERHEAD_MS, (elapsedMs - repeatedMs) / processes.length);
}

function pilotPairOf({ cells }: BenchRound, overheadMs: number): PilotPair[] {
  const [before, after] = cells.map(({ repetitions }) => repetitions);
  if (!before || !after) return [];
  return [{ before: { ...before, overheadMs }, after: { ...after, overheadMs } }];
}
