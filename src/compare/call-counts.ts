import { timelessUrl } from '../profile/script-url.ts';
import type { Estimate } from '../stats/estimate.ts';
import { rankSumUpperPValue, separationPValue } from '../stats/rank-sum-ties.ts';
import type { NamedFunction } from './function-pattern.ts';

/** The exact calls of a function over all threads, in several counting runs of one tree. */
export interface CountedFunction extends NamedFunction {
  /** Where it stands now; a function that moved within its file is the same one. */
  readonly line: number;
  /** One value a run. */
  readonly calls: readonly number[];
}

/** How often something was called: the least and the most that any run counted. */
export interface CallRange {
  readonly low: number;
  readonly high: number;
  /** One value a run; not there where only the range was stored. */
  readonly runs?: readonly number[];
}

/** How a growth is distinguished from counts that vary by chance. */
export interface CallTest {
  /** A growth, a ratio. */
  readonly limit: number;
  /** One-sided, in (0, 1): of one look where both sides are counted here, of both where one is stored. */
  readonly level: number;
  /** How many runs a stored range is of; null where both sides are counted here. */
  readonly storedRuns: number | null;
}

export interface CallGrowth {
  readonly before: CallRange;
  readonly after: CallRange;
  /** (after − before) / before of the ranges' middles; null where it was not called before. */
  readonly growthRatio: Estimate | null;
  /** Whether it exceeds the limit: in every run where counts repeat exactly, else by a rank test. */
  readonly exceeds: boolean;
  /** Whether all runs exceed the limit, but are too few to exclude that counts that vary did so by chance. */
  readonly isOpen: boolean;
}

/** What identifies a function from one commit to the next: lines move, and the hash of a build in a file's name changes. */
export function countKey({ file, name }: NamedFunction): string {
  return `${timelessUrl(file)}:${name === '' ? '(anonymous)' : name}`;
}

/** The least and the most of some runs, each the sum over functions. */
export function rangeOf(functions: readonly Pick<CountedFunction, 'calls'>[]): CallRange {
  const runs = functions.reduce((most, { calls }) => Math.max(most, calls.length), 0);
  const totals = Array.from({ length: runs }, (_, run) =>
    functions.reduce((sum, { calls }) => sum + (calls[run] ?? 0), 0),
  );
  if (totals.length === 0) return { low: 0, high: 0, runs: [] };
  return { low: Math.min(...totals), high: Math.max(...totals), runs: totals };
}

/** Whether every run counted the same. */
export function isExact({ low, high }: CallRange): boolean {
  return low === high;
}

/** Of one look, which must find it, and of a second with as many fresh runs, which must find it again. */
const LOOKS = 2;

/**
 * How much more often something is called than before.
 *
 * Where every run counts the same, one call more is a growth. Where the runs of a side differ (workers that share out
 * chunks as they come), the exact rank-sum test decides whether `after` exceeds the limit. Of a stored range the runs
 * are not known: then all runs must exceed it, by chance with a probability of 1 / C(m + n, n).
 */
export function callGrowth(
  { before, after }: { readonly before: CallRange; readonly after: CallRange },
  { limit, level, storedRuns }: CallTest,
): CallGrowth {
  const growth = { before, after, growthRatio: growthOf(before, after) };
  const isApart = after.low > before.high * (1 + limit);
  if (isExact(before) && isExact(after)) return { ...growth, exceeds: isApart, isOpen: false };
  const exceeds =
    storedRuns === null
      ? rankSumUpperPValue(runsOf({ before, after }, limit)) <= level
      : isApart && separationPValue(storedRuns, LOOKS * (after.runs?.length ?? 0)) <= level;
  return { ...growth, exceeds, isOpen: isApart && !exceeds };
}

/** A side that has no runs was never called. */
function runsOf({ before, after }: { before: CallRange; after: CallRange }, limit: number) {
  const count = Math.max(before.runs?.length ?? 0, after.runs?.length ?? 0);
  const padded = ({ runs = [] }: CallRange) => Array.from({ length: count }, (_, run) => runs[run] ?? 0);
  return { before: padded(before).map((calls) => calls * (1 + limit)), after: padded(after) };
}

function growthOf(before: CallRange, after: CallRange): Estimate | null {
  if (before.low === 0) return null;
  const middle = ({ low, high }: CallRange) => (low + high) / 2;
  return {
    point: middle(after) / middle(before) - 1,
    low: after.low / before.high - 1,
    high: after.high / before.low - 1,
    confidenceLevel: 1,
  };
}

/** One function whose calls grew, with what it was. */
export interface GrownFunction extends CallGrowth, NamedFunction {
  readonly line: number;
}

const NEVER: CallRange = { low: 0, high: 0, runs: [] };

/** The functions known before that are called too often now; the largest growth in calls first. Those left open are not among them. */
export function grownFunctions(
  before: ReadonlyMap<string, CallRange>,
  after: readonly CountedFunction[],
  test: CallTest,
): GrownFunction[] {
  const known = after.filter((row) => before.has(countKey(row)));
  return growths(before, known, test).filter(({ exceeds }) => exceeds);
}

/** The functions that are called more often than before at all, those that were not called before among them. */
export function increasedFunctions(
  before: ReadonlyMap<string, CallRange>,
  after: readonly CountedFunction[],
  test: Omit<CallTest, 'limit'>,
): GrownFunction[] {
  return growths(before, after, { ...test, limit: 0 }).filter(({ exceeds }) => exceeds);
}

/** Whether a function was not called before, and most likely did not exist. */
export function isNew({ before }: CallGrowth): boolean {
  return before.high === 0;
}

function growths(
  before: ReadonlyMap<string, CallRange>,
  after: readonly CountedFunction[],
  test: CallTest,
): GrownFunction[] {
  return after
    .map((row) => {
      const known = before.get(countKey(row)) ?? NEVER;
      const growth = callGrowth({ before: known, after: rangeOf([row]) }, test);
      return { ...growth, name: row.name, file: row.file, line: row.line };
    })
    .toSorted((a, b) => b.after.low - b.before.high - (a.after.low - a.before.high));
}

/** The functions whose calls vary from run to run on a side, each of which could exceed a limit by chance. */
export function varyingFunctions(
  before: ReadonlyMap<string, CallRange>,
  after: readonly CountedFunction[],
): string[] {
  return after.flatMap((row) => {
    const key = countKey(row);
    return isExact(before.get(key) ?? NEVER) && isExact(rangeOf([row])) ? [] : [key];
  });
}

/** Functions with their ranges, by what identifies them. */
export function rangesOf(functions: readonly CountedFunction[]): Map<string, CallRange> {
  return new Map(functions.map((row) => [countKey(row), rangeOf([row])]));
}

/** Counts of more runs of the same tree beside those that there are. */
export function withMoreRuns(
  first: readonly CountedFunction[],
  more: readonly CountedFunction[],
): CountedFunction[] {
  const runsOf = (functions: readonly CountedFunction[]) => functions[0]?.calls.length ?? 0;
  const [early, late] = [
    new Map(first.map((row) => [countKey(row), row])),
    new Map(more.map((row) => [countKey(row), row])),
  ];
  const none = (count: number) => Array.from({ length: count }, () => 0);
  return [...new Set([...early.keys(), ...late.keys()])].flatMap((key) => {
    const [old, now] = [early.get(key), late.get(key)];
    const row = now ?? old;
    if (row === undefined) return [];
    return { ...row, calls: [...(old?.calls ?? none(runsOf(first))), ...(now?.calls ?? none(runsOf(more)))] };
  });
}
