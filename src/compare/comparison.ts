import { US_PER_MS } from '../base/units.ts';
import { type Measure, TIMED } from '../profile/measure.ts';
import type { Estimate } from '../stats/estimate.ts';
import { meanOf } from '../stats/mean.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import type { BenchResult } from './bench-report.ts';
import { type Bound, boundsOf } from './bounds.ts';
import {
  ambiguityWarning,
  environmentWarnings,
  importWarnings,
  outputWarnings,
  preparationWarning,
  unpairedWarnings,
} from './comparison-warnings.ts';
import { type FunctionDifference, functionDifferences } from './function-differences.ts';
import { type InliningChange, inliningChanges } from './inlining.ts';
import type { Recordings } from './many-profiles.ts';
import {
  type Mismatch,
  mismatchesOf,
  type OutputRule,
  outputsEqual,
  reasonOf,
  remedyOf,
} from './mismatches.ts';
import { type PackageDifference, packageDifferences } from './packages.ts';
import type { ProfileReport } from './profile-report.ts';
import {
  DEFAULT_SESSION_MARGIN,
  interleavedRemedy,
  type MeasuredSide,
  sessionVerdict,
} from './session-verdict.ts';
import { type Split, splitOf } from './split.ts';
import { bothNothing, nothingCompared } from './stored-output.ts';
import { type Timeline, timelineOf } from './timeline.ts';
import { gainOf, type Verdict } from './verdict.ts';

export interface Comparison {
  readonly schemaVersion: 1;
  readonly kind: 'comparison';
  /** What the figures of functions and origins count; if it is not time, one of its unit stands where a name ends in `Ms`. */
  readonly measure: Measure;
  readonly before: Side;
  readonly after: Side;
  /** null where the profiles have no duration. */
  readonly gainRatio: Estimate | null;
  readonly verdict: Verdict;
  /** How the work of the two sides differs; where it does, there is no claim and no split. */
  readonly mismatches: readonly Mismatch[];
  /** null where the CPU time of a side is too little to be measured. */
  readonly split: Split | null;
  /** null where it is not known. */
  readonly outputsEqual: boolean | null;
  readonly sampled: SampledDifference;
  readonly functions: readonly FunctionDifference[];
  readonly packages: readonly PackageDifference[];
  readonly inlining: readonly InliningChange[];
  /** null where the profiles have no order of time. */
  readonly timelines: { readonly before: Timeline; readonly after: Timeline } | null;
  /** What could still be won; empty where the CPU time is not known. */
  readonly bounds: readonly Bound[];
  /** null unless a side has several recordings. */
  readonly recordings: Recordings | null;
  readonly warnings: readonly string[];
}

/**
 * What the functions' differences add up to. Sampled time is that of all threads, each from its start to its end within
 * the run; what lies between two samples too far apart belongs to none.
 */
export interface SampledDifference {
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly deltaMs: number;
  /** What no function's difference accounts for. */
  readonly residueMs: number;
  /** The threads' lives, less what was sampled: after − before. */
  readonly unsampledDeltaMs: number;
}

export interface Side {
  readonly implementation: string;
  readonly file: string;
  /** null where the profile has no duration. */
  readonly wallMs: Estimate | null;
  /** null, as the next two, where a recording alone is compared, which does not tell. */
  readonly cpuMs: Estimate | null;
  readonly peakRssBytes: Estimate | null;
  readonly totalCalls: number | null;
  /** null where the file does not say. */
  readonly threads: number | null;
}

export interface ComparedReport {
  readonly file: string;
  readonly report: ProfileReport;
}

export interface ComparisonOptions {
  readonly toleranceRatio: number;
  /** Interleaved pairs of the same two sides. Without them the reports' own runs are compared, the weaker claim. */
  readonly paired: BenchResult | null;
  /** By their hashes, unless said otherwise. */
  readonly outputs?: OutputRule;
  /** How far apart two sessions on this machine may measure the same program; without it `DEFAULT_SESSION_MARGIN`. */
  readonly sessionMarginRatio?: number;
}

/** Two stored profiles side by side. */
export function compareProfiles(
  before: ComparedReport,
  after: ComparedReport,
  options: ComparisonOptions,
): Comparison {
  const { toleranceRatio, paired, outputs = 'same hash' } = options;
  const mismatches = mismatchesOf(before.report, after.report, outputs);
  const unpaired = unpairedGain(before.report, after.report);
  const gainRatio = paired?.gainRatio ?? unpaired;
  const marginRatio = Math.max(toleranceRatio, options.sessionMarginRatio ?? DEFAULT_SESSION_MARGIN);
  const functions = functionDifferences(before.report.functions, after.report.functions, {
    leastMs: toleranceRatio * before.report.sampling.sampledMs,
    intervalMs: Math.max(...[before, after].map(({ report }) => report.sampling.intervalUs)) / US_PER_MS,
    // `gain` samples both sides in turns, and stores them as begun together.
    marginRatio: before.report.startedAt === after.report.startedAt ? 0 : marginRatio,
  });
  const remedy = interleavedRemedy(measuredSide(before), measuredSide(after));
  return {
    schemaVersion: 1,
    kind: 'comparison',
    measure: TIMED,
    before: sideOf(before),
    after: sideOf(after),
    gainRatio,
    verdict:
      mismatches.length > 0
        ? { kind: 'inconclusive', remedy: remedyOf(mismatches), reason: reasonOf(mismatches) }
        : (paired?.verdict ?? sessionVerdict(unpaired, { marginRatio, remedy })),
    mismatches,
    split:
      mismatches.length > 0
        ? null
        : splitOf({
            before: before.report,
            after: after.report,
            gainRatio,
            pairs: paired?.pairs ?? null,
          }),
    outputsEqual: outputsEqual(before.report.output, after.report.output, outputs),
    sampled: sampledOf(before.report, after.report, functions),
    functions,
    packages: packageDifferences(before.report, after.report),
    inlining: inliningChanges(functions),
    timelines: { before: timelineOf(before.report), after: timelineOf(after.report) },
    bounds: boundsOf(after.report),
    recordings: null,
    warnings: [
      ...environmentWarnings(before.report, after.report),
      ...importWarnings(before.report, after.report),
      ...outputWarnings(before.report.output, after.report.output, outputs),
      ...(bothNothing(before.report.output, after.report.output)
        ? [nothingCompared(before.report.implementation, after.report.implementation)]
        : []),
      // Pairs say it themselves, with an interval.
      ...(paired === null && before.report.timing.includesImport !== true
        ? preparationWarning(before.report, after.report)
        : []),
      ...(paired?.warnings ?? (mismatches.length > 0 ? [] : unpairedWarnings(unpaired, marginRatio))),
      ...ambiguityWarning(functions),
    ],
  };
}

export function sampledOf(
  before: Sampled,
  after: Sampled,
  functions: readonly FunctionDifference[],
): SampledDifference {
  const lifeMs = ({ threads }: Sampled) => threads.reduce((sum, { wallMs }) => sum + wallMs, 0);
  const [beforeMs, afterMs] = [meanSampledMs(before), meanSampledMs(after)];
  const deltaMs = afterMs - beforeMs;
  const explainedMs = functions.reduce((sum, { selfDeltaMs }) => sum + selfDeltaMs.point, 0);
  const residueMs = deltaMs - explainedMs;
  return {
    beforeMs,
    afterMs,
    deltaMs,
    residueMs,
    // The threads' lives are known of the median run alone.
    unsampledDeltaMs: lifeMs(after) - after.sampling.sampledMs - (lifeMs(before) - before.sampling.sampledMs),
  };
}

/** What the differences of functions are worked out from. */
type Sampled = Pick<ProfileReport, 'functions' | 'threads'> & {
  readonly sampling: Pick<ProfileReport['sampling'], 'sampledMs' | 'wallRunsMs' | 'medianRun'> &
    Partial<Pick<ProfileReport['sampling'], 'sampledRunsMs'>>;
};

/** Of the runs that the functions' differences are means of. */
function meanSampledMs({ sampling: { sampledMs, sampledRunsMs = [] } }: Sampled): number {
  return sampledRunsMs.length === 0 ? sampledMs : meanOf(sampledRunsMs);
}

function unpairedGain(before: ProfileReport, after: ProfileReport): Estimate {
  const logs = ({ timing }: ProfileReport) => timing.runsMs.map(Math.log);
  return gainOf(hodgesLehmannShift({ before: logs(before), after: logs(after) }));
}

function sideOf({ file, report }: ComparedReport): Side {
  const { implementation, timing, totalCalls, threads } = report;
  const { wallMs, cpuMs, peakRssBytes } = timing;
  return { implementation, file, wallMs, cpuMs, peakRssBytes, totalCalls, threads: threads.length };
}

function measuredSide({ report }: ComparedReport): MeasuredSide {
  return { implementation: report.implementation, commit: report.environment.gitCommit };
}
