import { US_PER_MS } from '../base/units.ts';
import { meanOf } from '../stats/mean.ts';
import { type Difference, type FunctionRuns, noisyDifferences } from './function-noise.ts';
import { type FunctionPair, pairFunctions } from './function-pairs.ts';
import type { ReportFunction } from './profile-report.ts';

/** A difference with what noise allows; `low` and `high` are null where one run a side shows no spread. */
export interface Delta {
  /** Of the means of the sampling runs, ms; of several recordings a side, the Hodges–Lehmann shift. */
  readonly point: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidenceLevel: number;
}

/** Parts of a whole, 0 to 1. */
export interface ShareDifference {
  /** Medians of a side's recordings. */
  readonly before: number;
  readonly after: number;
  readonly delta: Delta;
}

export interface FunctionDifference {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** V8's own entry or outpace's frame, not a function of the job. */
  readonly engine: boolean;
  /** Whether its source map lists its source as somebody else's. */
  readonly ignored: boolean;
  readonly change: FunctionPair['change'];
  /** Whether the other side has functions of that name in that file, of which it cannot be told which it is. */
  readonly ambiguous: boolean;
  /** Whether noise alone explains the difference of self time; never where one run a side shows no spread. */
  readonly noise: boolean;
  /** What it was called, and where, before; null unless it was renamed or moved. */
  readonly formerly: { readonly name: string; readonly file: string; readonly line: number } | null;
  readonly selfMs: { readonly before: number; readonly after: number };
  readonly totalMs: { readonly before: number; readonly after: number };
  readonly selfDeltaMs: Delta;
  readonly totalDeltaMs: Delta;
  /** Of the time that a recording was busy; null but for several recordings a side, and for idling. */
  readonly selfShare: ShareDifference | null;
  readonly calls: { readonly before: number | null; readonly after: number | null };
  /** Self time of one call, µs, sampled; null without calls. */
  readonly selfUsPerCall: { readonly before: number | null; readonly after: number | null };
}

export interface DifferenceQuestion {
  /** Below it, a change of a function that did the same as often is taken for noise. */
  readonly leastMs: number;
  /** Between two samples. */
  readonly intervalMs: number;
  /** What two sessions may differ by themselves, of a function's time; 0 where both sides were sampled in turns. */
  readonly marginRatio: number;
}

/** A difference is shown where it is noise in at most one of 20 comparisons, of all their functions. */
const FALSE_ALARMS = 0.05;

/** What each function costs more (or less, below 0) after than before, the largest change of self time first. */
export function functionDifferences(
  before: readonly ReportFunction[],
  after: readonly ReportFunction[],
  question: DifferenceQuestion,
): FunctionDifference[] {
  const pairs = orderedPairs(before, after);
  const selfDeltas = noisyDifferences(pairs.map(runsOf('selfRunsMs')), question);
  const totalDeltas = noisyDifferences(pairs.map(runsOf('totalRunsMs')), question);
  return pairs.map((pair, index) => {
    const [self, total] = [selfDeltas[index], totalDeltas[index]];
    if (self === undefined || total === undefined) throw new RangeError('a pair of no functions');
    return difference(pair, { self, total, leastMs: question.leastMs });
  });
}

/** A side that does not have the function spends nothing on it, in every run. */
function runsOf(of: 'selfRunsMs' | 'totalRunsMs'): (pair: FunctionPair) => FunctionRuns {
  return ({ before, after }) => {
    const zeros = (other: ReportFunction | null) => (other?.[of] ?? []).map(() => 0);
    return { before: before?.[of] ?? zeros(after), after: after?.[of] ?? zeros(before) };
  };
}

/** The functions that the differences are of, in the same order: the largest change of self time first. */
export function orderedPairs(
  before: readonly ReportFunction[],
  after: readonly ReportFunction[],
): FunctionPair[] {
  const changeMs = (pair: FunctionPair) => Math.abs(meanSelfMs(pair.after) - meanSelfMs(pair.before));
  return pairFunctions(before, after).sort((a, b) => changeMs(b) - changeMs(a));
}

function meanSelfMs(row: ReportFunction | null): number {
  const runs = row?.selfRunsMs ?? [];
  return runs.length === 0 ? (row?.selfMs ?? 0) : meanOf(runs);
}

/** Whether what was measured may be noise alone. */
export function isNoise({ low, high }: Delta): boolean {
  return low !== null && high !== null && low <= 0 && high >= 0;
}

interface Deltas {
  readonly self: Difference;
  readonly total: Difference;
  readonly leastMs: number;
}

function difference(
  { before, after, change, ambiguous }: FunctionPair,
  { self, total, leastMs }: Deltas,
): FunctionDifference {
  const shown = after ?? before;
  if (shown === null) throw new RangeError('a pair of no functions');
  const { name, file, line, engine, ignored } = shown;
  const elsewhere = change === 'renamed' || change === 'moved';
  const selfDeltaMs = deltaOf(self);
  const didTheSame =
    before !== null && after !== null && change !== 'changed' && before.calls === after.calls;
  return {
    name,
    file,
    line,
    engine,
    ignored,
    change,
    ambiguous,
    noise:
      selfDeltaMs.low !== null &&
      (self.adjustedPValue > FALSE_ALARMS || (didTheSame && Math.abs(selfDeltaMs.point) < leastMs)),
    formerly:
      elsewhere && before !== null ? { name: before.name, file: before.file, line: before.line } : null,
    selfMs: { before: before?.selfMs ?? 0, after: after?.selfMs ?? 0 },
    totalMs: { before: before?.totalMs ?? 0, after: after?.totalMs ?? 0 },
    selfDeltaMs,
    totalDeltaMs: deltaOf(total),
    selfShare: null,
    calls: { before: before?.calls ?? null, after: after?.calls ?? null },
    selfUsPerCall: { before: perCall(before), after: perCall(after) },
  };
}

function perCall(row: ReportFunction | null): number | null {
  if (row === null || row.calls === null || row.calls === 0) return null;
  return (row.selfMs * US_PER_MS) / row.calls;
}

function deltaOf({ point, low, high, confidenceLevel }: Difference): Delta {
  return { point, low, high, confidenceLevel };
}
