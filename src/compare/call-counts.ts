import { timelessUrl } from '../profile/script-url.ts';
import type { Estimate } from '../stats/estimate.ts';
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
}

export interface CallGrowth {
  readonly before: CallRange;
  readonly after: CallRange;
  /** (after − before) / before of the ranges' middles; null where it was not called before. */
  readonly growthRatio: Estimate | null;
  /** Whether it exceeds the limit by more than its counts vary from run to run. */
  readonly exceeds: boolean;
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
  return totals.length === 0 ? { low: 0, high: 0 } : { low: Math.min(...totals), high: Math.max(...totals) };
}

/**
 * How much more often something is called than before.
 *
 * Where every run counts the same, one call more is a growth. Where the runs of a side differ (workers that share out
 * chunks as they come), the ranges must lie further apart than either is wide.
 */
export function callGrowth(
  { before, after }: { readonly before: CallRange; readonly after: CallRange },
  limit: number,
): CallGrowth {
  const width = Math.max(before.high - before.low, after.high - after.low);
  const exceeds = after.low - before.high * (1 + limit) > width;
  return { before, after, growthRatio: growthOf(before, after), exceeds };
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

const NEVER: CallRange = { low: 0, high: 0 };

/** The functions known before that are called too often now; the largest growth in calls first. */
export function grownFunctions(
  before: ReadonlyMap<string, CallRange>,
  after: readonly CountedFunction[],
  limit: number,
): GrownFunction[] {
  const known = after.filter((row) => before.has(countKey(row)));
  return growths(before, known, limit).filter(({ exceeds }) => exceeds);
}

/** The functions that are called more often than before at all, those that were not called before among them. */
export function increasedFunctions(
  before: ReadonlyMap<string, CallRange>,
  after: readonly CountedFunction[],
): GrownFunction[] {
  return growths(before, after, 0).filter(({ exceeds }) => exceeds);
}

/** Whether a function was not called before, and most likely did not exist. */
export function isNew({ before }: CallGrowth): boolean {
  return before.high === 0;
}

function growths(
  before: ReadonlyMap<string, CallRange>,
  after: readonly CountedFunction[],
  limit: number,
): GrownFunction[] {
  return after
    .map((row) => {
      const known = before.get(countKey(row)) ?? NEVER;
      const growth = callGrowth({ before: known, after: rangeOf([row]) }, limit);
      return { ...growth, name: row.name, file: row.file, line: row.line };
    })
    .toSorted((a, b) => b.after.low - b.before.high - (a.after.low - a.before.high));
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
