import { OutpaceError } from '../base/errors.ts';
import { US_PER_MS } from '../base/units.ts';
import { type Measure, TIMED } from '../profile/measure.ts';
import type { RecordedThread, RecordedThreads } from '../profile/model.ts';
import type { Estimate } from '../stats/estimate.ts';
import { meanOf } from '../stats/mean.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import type { BenchResult } from './bench-report.ts';
import { type Bound, boundsOf, freeFunctionBounds } from './bounds.ts';
import { commonMeasure } from './common-measure.ts';
import { flawWarnings } from './flaw-words.ts';
import { type FunctionDifference, functionDifferences } from './function-differences.ts';
import { type InliningChange, inliningChanges } from './inlining.ts';
import { summariseLone } from './lone-profile.ts';
import type { Recordings } from './many-profiles.ts';
import {
  type MadeOutput,
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

/**
 * Two recordings, whoever made them: where the time went, and no more. Of one recording each, nothing is known of noise,
 * so that nothing is claimed.
 *
 * @throws OutpaceError MALFORMED_PROFILE for one in which nothing was recorded
 */
export function compareLoneProfiles(before: NamedProfile, after: NamedProfile): Comparison {
  const empty = [before, after].filter(isEmpty);
  if (empty.length > 0) throw nothingRecorded(empty.map(({ file }) => file));
  const measure = commonMeasure([before, after]);
  const [old, now] = [sampledFrom(before.threads), sampledFrom(after.threads)];
  const single = (point: number): Estimate => ({ point, low: point, high: point, confidenceLevel: 0 });
  const gain = old.wallMs > 0 ? (old.wallMs - now.wallMs) / old.wallMs : 0;
  const side = (
    { file, threads, measure: own = TIMED }: NamedProfile,
    { wallMs }: { wallMs: number },
  ): Side => ({
    implementation: nameOf(file),
    file,
    wallMs: own.isOrdered ? single(wallMs) : null,
    cpuMs: null,
    peakRssBytes: null,
    totalCalls: null,
    threads: own.hasThreads ? threads.length : null,
  });
  const functions = functionDifferences(old.functions, now.functions, {
    leastMs: 0,
    intervalMs: 0,
    marginRatio: 0,
  });
  return {
    schemaVersion: 1,
    kind: 'comparison',
    measure,
    before: side(before, old),
    after: side(after, now),
    gainRatio: measure.isOrdered ? single(gain) : null,
    verdict: { kind: 'inconclusive', remedy: 'outpace bench, which runs both often enough to tell noise' },
    mismatches: [],
    split: null,
    outputsEqual: null,
    sampled: sampledOf(old, now, functions),
    functions,
    packages: packageDifferences(old, now),
    inlining: [],
    timelines: measure.isOrdered ? { before: timelineOf(old), after: timelineOf(now) } : null,
    bounds: measure.isOrdered ? freeFunctionBounds(now, now.wallMs) : [],
    recordings: null,
    warnings: [
      measure.isOrdered
        ? 'a recording alone tells neither calls, nor CPU time, nor memory, nor noise: these are two recordings, each from its start to its end'
        : 'aggregated profiles have no duration and no order of time: neither a gain nor a timeline is available, only the difference of what was counted',
      ...flawWarnings(before),
      ...flawWarnings(after),
      ...ambiguityWarning(functions),
    ],
  };
}

/** A profile and the file it was read from. */
export interface NamedProfile extends RecordedThreads {
  readonly file: string;
}

/** Whether nothing was recorded: no difference from such a profile is a gain or a loss. */
export function isEmpty({ threads }: NamedProfile): boolean {
  return threads.every(({ profile }) => profile.sampleNodes.length === 0);
}

/** Says of files without a sample that they cannot be compared. */
export function nothingRecorded(files: readonly string[]): OutpaceError {
  return new OutpaceError(
    'MALFORMED_PROFILE',
    `nothing was recorded in ${files.join(', ')}: it has no samples`,
  );
}

function sampledFrom(recorded: readonly RecordedThread[]) {
  const { wallMs, sampledMs, threads, functions } = summariseLone(recorded);
  return {
    wallMs,
    functions: [...functions],
    threads: [...threads],
    helpers: null,
    sampling: { sampledMs, wallRunsMs: [wallMs], medianRun: 0 },
  };
}

function nameOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file)
    .replace(/\.(cpuprofile|heapprofile|pprof|pb|folded|collapsed|speedscope|json)(?=\.|$)/g, '')
    .replace(/\.(gz|zst)$/, '');
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

function environmentWarnings(before: ProfileReport, after: ProfileReport): string[] {
  const differing = (what: string, read: (report: ProfileReport) => unknown): string[] => {
    const [left, right] = [JSON.stringify(read(before)), JSON.stringify(read(after))];
    return left === right ? [] : [`the two reports differ in ${what}: ${left} and ${right}`];
  };
  return [
    ...differing('Node version', (report) => report.environment.node),
    ...differing('machine', ({ environment: { cpu, cores, platform } }) => ({ cpu, cores, platform })),
  ];
}

/** What the times are of, where it is not `run` alone. */
function importWarnings({ timing: before }: ProfileReport, { timing: after }: ProfileReport): string[] {
  if (before.includesImport !== after.includesImport)
    return [
      'only one of the two reports includes the import in its times: measure both with --include-import, or neither',
    ];
  return before.includesImport === true
    ? ['times are from the first line of the import to the end of run; samples and calls are of run alone']
    : [];
}

/** Of outputs that are no mismatch, though their hashes differ. */
function outputWarnings(before: MadeOutput, after: MadeOutput, rule: OutputRule): string[] {
  if (outputsEqual(before, after, 'same hash') !== false) return [];
  const hashes =
    `${before.sizeBytes} and ${after.sizeBytes} bytes, ` +
    `sha256 ${before.sha256.slice(0, 12)}… and ${after.sha256.slice(0, 12)}…`;
  if (rule === 'may differ') return [`the two outputs differ: ${hashes}`];
  if (rule !== 'own equal') return [];
  return [
    `whether the outputs are equal is not known: ${hashes}; outpace bench asks the equal() of the config`,
  ];
}

/** Below it, which function is which changes no conclusion. */
const NOTABLE_SHARE = 0.01;

/** Functions without a name of their own, such as callbacks in minified code, may be told apart by nothing. */
export function ambiguityWarning(functions: readonly FunctionDifference[]): string[] {
  const spentMs = (rows: readonly FunctionDifference[]) =>
    rows.reduce((sum, { selfMs }) => sum + selfMs.before + selfMs.after, 0);
  const ambiguous = functions.filter((row) => row.ambiguous);
  if (spentMs(ambiguous) <= NOTABLE_SHARE * spentMs(functions)) return [];
  return [
    `${ambiguous.length} functions share their name with others in the same file, and nothing tells which is which: they are listed as gone and as new`,
  ];
}

/** Neither import nor setup is part of a run, so what moves there would be gained or lost unseen. */
const NOTABLE_DIFFERENCE_MS = 20;

function preparationWarning(before: ProfileReport, after: ProfileReport): string[] {
  const [left, right] = [preparationMs(before), preparationMs(after)];
  if (Math.abs(left - right) < Math.max(NOTABLE_DIFFERENCE_MS, 0.2 * Math.max(left, right))) return [];
  return [
    `import and setup take ${left.toFixed(0)} ms before and ${right.toFixed(0)} ms after, which the gain leaves out: ` +
      'a process that runs the job once pays it too',
  ];
}

function preparationMs({ timing }: ProfileReport): number {
  return timing.importMs.point + timing.setupMs.point;
}

function measuredSide({ report }: ComparedReport): MeasuredSide {
  return { implementation: report.implementation, commit: report.environment.gitCommit };
}

function unpairedWarnings({ confidenceLevel }: Estimate, marginRatio: number): string[] {
  const weaker =
    `the two sides were measured in separate sessions, which alone may differ by ${percentOf(marginRatio)} %: ` +
    'only a larger difference is claimed';
  if (confidenceLevel >= 0.95) return [weaker];
  const found =
    confidenceLevel === 0
      ? 'one timing run on each side shows no spread'
      : `the interval achieves ${(confidenceLevel * 100).toFixed(1)} % confidence`;
  return [weaker, `${found}; --runs 4 on each side gives 97.1 %`];
}

function percentOf(ratio: number): number {
  return Math.round(1000 * ratio) / 10;
}
