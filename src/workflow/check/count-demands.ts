/** Rules that exact call counts are judged by: what has no noise, or varies from run to run. */
import {
  type CallGrowth,
  type CallRange,
  type CallTest,
  type CountedFunction,
  callGrowth,
  countKey,
  type GrownFunction,
  grownFunctions,
  increasedFunctions,
  isExact,
  isNew,
  rangeOf,
  rangesOf,
  varyingFunctions,
} from '../../compare/call-counts.ts';
import { CHECK_CONFIDENCE } from '../../compare/check-rules.ts';
import { functionPattern, isCounted, type NamedFunction } from '../../compare/function-pattern.ts';
import { whole } from '../../render/format.ts';
import type { Batch, Counting } from './counting.ts';
import { type Attempt, type Demand, type Finding, onceEach } from './demand.ts';

/** The calls of the other side, whichever it is: another tree, counted as often as this one, or a stored baseline. */
export interface CountsBefore {
  readonly subject: string;
  readonly reservation: string | null;
  /** How many runs its ranges are of, where they are stored; null where it is counted here. */
  readonly storedRuns: number | null;
  ranges(batch: Batch): Promise<ReadonlyMap<string, CallRange>>;
  /** The sum of those that are meant. */
  sum(batch: Batch, isMeant: (row: NamedFunction) => boolean): Promise<CallRange>;
}

/** Another side that is counted here too. */
export function countedBefore(subject: string, counted: Counting): CountsBefore {
  const own = async (batch: Batch) => (await counted.of(batch)).functions.filter(isCountable);
  return {
    subject,
    reservation: null,
    storedRuns: null,
    ranges: async (batch) => rangesOf(await own(batch)),
    sum: async (batch, isMeant) => rangeOf((await own(batch)).filter(isMeant)),
  };
}

const isCountable = (row: NamedFunction): boolean => row.file !== '';

interface Counts {
  readonly before: CountsBefore;
  readonly after: Counting;
}

/** What some runs of both sides counted of the functions that are meant. */
interface Looked {
  readonly now: readonly CountedFunction[];
  readonly ranges: ReadonlyMap<string, CallRange>;
  readonly total: { readonly before: CallRange; readonly after: CallRange };
}

async function looked(
  { before, after }: Counts,
  { isMeant, batch }: { readonly isMeant: (row: NamedFunction) => boolean; readonly batch: Batch },
): Promise<Looked> {
  const now = (await after.of(batch)).functions.filter(isMeant);
  const ranges = await before.ranges(batch);
  return { now, ranges, total: { before: await before.sum(batch, isMeant), after: rangeOf(now) } };
}

function varies({ now, ranges, total }: Looked): boolean {
  return varyingFunctions(ranges, now).length > 0 || !isExact(total.before) || !isExact(total.after);
}

/**
 * The looks up to an attempt, each at a few runs where every run counts the same, else at as many as a rank test needs.
 * What was suspected is confirmed by as many, since a count that varies may by chance have been the same in few.
 */
function looks(counts: Counts, isMeant: (row: NamedFunction) => boolean) {
  const at = async (attempt: Attempt, isMany: boolean) => {
    const found = await looked(counts, { isMeant, batch: { attempt, isMany } });
    return isMany || !varies(found) ? found : looked(counts, { isMeant, batch: { attempt, isMany: true } });
  };
  return onceEach(async (attempt): Promise<readonly Looked[]> => {
    const first = await at(0, false);
    if (attempt === 0) return [first];
    const second = await at(1, true);
    return [varies(second) ? await at(0, true) : first, second];
  });
}

/** The level of one look, such that both together, over all that vary, err no more often than a measured rule does. */
function testOf(
  found: readonly Looked[],
  { storedRuns }: CountsBefore,
): Omit<CallTest, 'limit'> & { chance: number } {
  const keys = new Set(found.flatMap(({ ranges, now }) => varyingFunctions(ranges, now)));
  if (!found.some(varies)) return { level: 1, storedRuns, chance: 0 };
  // The total is one more that may exceed its limit.
  const tested = keys.size + 1;
  if (storedRuns !== null) return { level: STORED_CHANCE / tested, storedRuns, chance: STORED_CHANCE };
  return { level: ONE_LOOK / Math.sqrt(tested), storedRuns, chance: ONE_LOOK ** 2 };
}

/** As a measured rule's. */
const ONE_LOOK = (1 - CHECK_CONFIDENCE) / 2;
/** Both looks are at the same stored runs, so that their chances do not multiply. */
const STORED_CHANCE = 0.005;

/** No function of the job may be called more often by more than a limit, nor all together; and which were. */
export function everyCall(counts: Counts, limit: number) {
  const { before } = counts;
  const found = looks(counts, isCounted);
  let chance = 0;
  const counted = onceEach(async (attempt) => {
    const all = await found(attempt);
    const { chance: ofAll, ...level } = testOf(all, before);
    chance = ofAll;
    const growths = all.map(({ now, ranges, total }) => ({
      ...{ now, ranges, all: callGrowth(total, { ...level, limit }) },
      single: grownFunctions(ranges, now, { ...level, limit }),
    }));
    const latest = growths.at(-1);
    if (latest === undefined) throw new RangeError('nothing was counted');
    // What one look found and the other did not is chance.
    const isGrown = (row: GrownFunction) =>
      growths.every(({ single }) => single.some((other) => countKey(other) === countKey(row)));
    return {
      now: latest.now,
      all: { ...latest.all, exceeds: growths.every((growth) => growth.all.exceeds) },
      single: latest.single.filter(isGrown),
      increased: increasedFunctions(latest.ranges, latest.now, level),
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
    chance: () => chance,
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
  counts: Counts,
  { pattern, limit }: { readonly pattern: string; readonly limit: number },
): Demand {
  const { before } = counts;
  const isMeant = functionPattern(pattern);
  const found = looks(counts, isMeant);
  let chance = 0;
  return {
    ...demandOf(before, { pattern, limit }),
    chance: () => chance,
    look: async (attempt) => {
      const all = await found(attempt);
      const { chance: ofAll, ...level } = testOf(all, before);
      chance = ofAll;
      const growths = all.map(({ total }) => callGrowth(total, { ...level, limit }));
      const [growth, latest] = [growths.at(-1), all.at(-1)];
      if (growth === undefined || latest === undefined) throw new RangeError('nothing was counted');
      if (latest.now.length === 0 && growth.before.high === 0)
        return {
          ...findingOf(growth, { runs: 0, why: 'no function has such a name' }),
          verdict: 'inconclusive',
        };
      const exceeds = growths.every((one) => one.exceeds);
      const increased = exceeds ? increasedFunctions(latest.ranges, latest.now, level) : [];
      const why = increased.length === 0 ? null : ['called more often:', ...namedLines(increased)].join('\n');
      return findingOf({ ...growth, exceeds }, { runs: runsOf(latest.now), why });
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
  { growthRatio, before, after, exceeds, isOpen }: CallGrowth,
  { runs, why }: { readonly runs: number; readonly why: string | null },
): Finding {
  return {
    verdict: exceeds ? 'fail' : isOpen ? 'inconclusive' : 'pass',
    measured: growthRatio,
    figures: { unit: 'calls', before: middle(before), after: middle(after) },
    pairs: runs,
    why: isOpen && !exceeds ? OPEN : why,
    file: null,
  };
}

const OPEN =
  'all runs are beyond the limit, but these calls vary from run to run, and so few runs cannot show that it is no chance ' +
  '(a baseline of an earlier version holds two: make it again)';

function middle({ low, high }: CallRange): number {
  return (low + high) / 2;
}
