/** Rules that exact call counts are judged by: what has no noise. */
import {
  type CallGrowth,
  type CallRange,
  type CountedFunction,
  callGrowth,
  type GrownFunction,
  grownFunctions,
  increasedFunctions,
  isNew,
  rangeOf,
  rangesOf,
} from '../../compare/call-counts.ts';
import { functionPattern, isCounted, type NamedFunction } from '../../compare/function-pattern.ts';
import { whole } from '../../render/format.ts';
import type { Counted } from './counting.ts';
import { type Attempt, type Demand, type Finding, onceEach } from './demand.ts';

/** The calls of the other side, whichever it is: another tree, counted as often as this one, or a stored baseline. */
export interface CountsBefore {
  readonly subject: string;
  readonly reservation: string | null;
  ranges(attempt: Attempt): Promise<ReadonlyMap<string, CallRange>>;
  /** The sum of those that are meant. */
  sum(attempt: Attempt, isMeant: (row: NamedFunction) => boolean): Promise<CallRange>;
}

/** Another side that is counted here too. */
export function countedBefore(
  subject: string,
  counted: (attempt: Attempt) => Promise<Counted>,
): CountsBefore {
  const own = async (attempt: Attempt) => (await counted(attempt)).functions.filter(isCountable);
  return {
    subject,
    reservation: null,
    ranges: async (attempt) => rangesOf(await own(attempt)),
    sum: async (attempt, isMeant) => rangeOf((await own(attempt)).filter(isMeant)),
  };
}

const isCountable = (row: NamedFunction): boolean => row.file !== '';

interface Counts {
  readonly before: CountsBefore;
  readonly after: (attempt: Attempt) => Promise<Counted>;
}

/** No function of the job may be called more often by more than a limit, nor all together; and which were. */
export function everyCall({ before, after }: Counts, limit: number) {
  const counted = onceEach(async (attempt) => {
    const now = (await after(attempt)).functions.filter(isCounted);
    const ranges = await before.ranges(attempt);
    const total = { before: await before.sum(attempt, isCounted), after: rangeOf(now) };
    return {
      now,
      all: callGrowth(total, limit),
      single: grownFunctions(ranges, now, limit),
      increased: increasedFunctions(ranges, now),
    };
  });
  /** The functions that a failure is due to: those beyond the limit and, where the total is, the new ones too. */
  const grown = async (attempt: Attempt): Promise<readonly GrownFunction[]> => {
    const { all, single, increased } = await counted(attempt);
    if (single.length === 0) return all.exceeds ? increased : [];
    return [...single, ...(all.exceeds ? increased.filter(isNew) : [])];
  };
  const demand: Demand = {
    ...demandOf(before, { pattern: null, limit }),
    look: async (attempt) => {
      const { now, all, single } = await counted(attempt);
      const [worst] = single;
      const runs = runsOf(now);
      if (worst === undefined && !all.exceeds) return findingOf(all, { runs, why: null });
      const why = grownWords({ single: single.length, grown: await grown(attempt) });
      return { ...findingOf(worst ?? all, { runs, why }), grown: worst === undefined ? 'total' : 'function' };
    },
  };
  return { demand, grown };
}

const NAMED = 5;

/** Which functions a failure is due to, a line each. */
function grownWords({
  single,
  grown,
}: {
  readonly single: number;
  readonly grown: readonly GrownFunction[];
}): string {
  const first =
    single === 0
      ? 'the calls of all functions together exceed the limit, those of no single function do; called more often:'
      : single === 1
        ? 'the calls of one function exceed the limit:'
        : `the calls of ${single} functions exceed the limit:`;
  return [first, ...namedLines(grown)].join('\n');
}

function namedLines(grown: readonly GrownFunction[]): string[] {
  const left = grown.length - NAMED;
  return [...grown.slice(0, NAMED).map(grownLine), ...(left > 0 ? [`and ${left} more`] : [])];
}

function grownLine(row: GrownFunction): string {
  const name = `${row.file}:${row.line} ${row.name === '' ? '(anonymous)' : row.name}`;
  const calls = (range: CallRange) => whole(Math.round(middle(range)));
  return isNew(row)
    ? `${name}: ${calls(row.after)} calls, new`
    : `${name}: ${calls(row.before)} → ${calls(row.after)} calls`;
}

/** The calls of some functions together. */
export function patternCalls(
  { before, after }: Counts,
  { pattern, limit }: { readonly pattern: string; readonly limit: number },
): Demand {
  const isMeant = functionPattern(pattern);
  return {
    ...demandOf(before, { pattern, limit }),
    look: async (attempt) => {
      const now = (await after(attempt)).functions.filter(isMeant);
      const growth = callGrowth({ before: await before.sum(attempt, isMeant), after: rangeOf(now) }, limit);
      if (now.length === 0 && growth.before.high === 0)
        return {
          ...findingOf(growth, { runs: 0, why: 'no function has such a name' }),
          verdict: 'inconclusive',
        };
      const increased = growth.exceeds ? increasedFunctions(await before.ranges(attempt), now) : [];
      const why = increased.length === 0 ? null : ['called more often:', ...namedLines(increased)].join('\n');
      return findingOf(growth, { runs: runsOf(now), why });
    },
  };
}

function demandOf(
  { subject, reservation }: CountsBefore,
  { pattern, limit }: { readonly pattern: string | null; readonly limit: number },
): Omit<Demand, 'look'> {
  return { name: 'maxCalls', pattern, subject, limit, reservation, falseAlarmRate: 0 };
}

function runsOf(functions: readonly CountedFunction[]): number {
  return functions[0]?.calls.length ?? 0;
}

function findingOf(
  { growthRatio, before, after, exceeds }: CallGrowth,
  { runs, why }: { readonly runs: number; readonly why: string | null },
): Finding {
  return {
    verdict: exceeds ? 'fail' : 'pass',
    measured: growthRatio,
    figures: { unit: 'calls', before: middle(before), after: middle(after) },
    pairs: runs,
    why,
    file: null,
  };
}

function middle({ low, high }: CallRange): number {
  return (low + high) / 2;
}
