/** Rules that exact call counts are judged by: what has no noise. */
import {
  type CallGrowth,
  type CallRange,
  type CountedFunction,
  callGrowth,
  type GrownFunction,
  grownFunctions,
  rangeOf,
  rangesOf,
} from '../../compare/call-counts.ts';
import { functionPattern, isCounted, type NamedFunction } from '../../compare/function-pattern.ts';
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
  const grown = onceEach(async (attempt): Promise<readonly GrownFunction[]> => {
    const now = (await after(attempt)).functions.filter(isCounted);
    return grownFunctions(await before.ranges(attempt), now, limit);
  });
  const demand: Demand = {
    ...demandOf(before, { pattern: null, limit }),
    look: async (attempt) => {
      const now = (await after(attempt)).functions.filter(isCounted);
      const [worst] = await grown(attempt);
      const all = callGrowth({ before: await before.sum(attempt, isCounted), after: rangeOf(now) }, limit);
      return findingOf(worst ?? all, {
        runs: runsOf(now),
        why:
          worst === undefined
            ? null
            : `${worst.file}:${worst.line} ${worst.name === '' ? '(anonymous)' : worst.name}`,
      });
    },
  };
  return { demand, grown };
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
      return findingOf(growth, { runs: runsOf(now), why: null });
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
  const middle = ({ low, high }: CallRange) => (low + high) / 2;
  return {
    verdict: exceeds ? 'fail' : 'pass',
    measured: growthRatio,
    figures: { unit: 'calls', before: middle(before), after: middle(after) },
    pairs: runs,
    why,
    file: null,
  };
}
