import { US_PER_MS } from '../base/units.ts';
import { mergeThreads } from '../profile/function-rows.ts';
import { type FunctionTotal, frameKey } from '../profile/function-totals.ts';
import { type Measure, TIMED } from '../profile/measure.ts';
import type { Estimate } from '../stats/estimate.ts';
import { medianEstimate } from '../stats/median.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import { alignedFiles, type FileName } from './aligned-files.ts';
import { freeFunctionBounds } from './bounds.ts';
import { commonMeasure } from './common-measure.ts';
import { type Comparison, type Side, sampledOf } from './comparison.ts';
import { ambiguityWarning } from './comparison-warnings.ts';
import { packageDifferences } from './packages.ts';
import type { ReportFunction } from './profile-report.ts';
import { medianRunIndex } from './profile-summary.ts';
import { type Basis, basisOf } from './recording-basis.ts';
import { recordingDifferences } from './recording-differences.ts';
import type { RecordingSummary } from './recording-summary.ts';
import { recordingRemedy, recordingWarnings } from './recording-warnings.ts';
import { timelineOf } from './timeline.ts';
import { gainOf, type Verdict, verdictOf } from './verdict.ts';

/** What a comparison of several recordings a side has besides. */
export interface Recordings {
  /** Whether times or shares of the busy time are compared; decides the order and the noise of the functions. */
  readonly basis: Basis;
  readonly before: readonly RecordingLength[];
  readonly after: readonly RecordingLength[];
  /** The part of a recording's sampled time that was not idle: the median of each side, and the shift between them. */
  readonly busyRatio: { readonly before: Estimate; readonly after: Estimate; readonly delta: Estimate };
}

export interface RecordingLength {
  readonly file: string;
  /** null where it has no duration. */
  readonly wallMs: number | null;
  readonly sampledMs: number;
  readonly busyMs: number;
}

/** One side's recordings, at least one. */
export interface RecordedSides {
  readonly before: { readonly name: string; readonly recordings: readonly RecordingSummary[] };
  readonly after: { readonly name: string; readonly recordings: readonly RecordingSummary[] };
  /** null: what fits the recordings. */
  readonly basis: Basis | null;
  readonly toleranceRatio: number;
}

/** A claim needs as much; 4 recordings a side reach it, and 3 do not. */
const LEVEL = 0.95;

/** Several recordings a side, of many processes or machines: what differs, within the bounds that their spread sets. */
export function compareRecordings({ before, after, basis, toleranceRatio }: RecordedSides): Comparison {
  const [olds, news] = [before.recordings, after.recordings];
  const measure = commonMeasure([...olds, ...news]);
  const chosen = basis ?? (measure.isOrdered ? basisOf(olds, news) : 'time');
  const namers = alignedFiles([...olds, ...news].map(({ functions }) => functions.map(({ frame }) => frame)));
  const old = sideOf(olds, namers.slice(0, olds.length), chosen);
  const now = sideOf(news, namers.slice(olds.length), chosen);
  const functions = recordingDifferences({ before: old, after: now, basis: chosen, toleranceRatio });
  const gainRatio = measure.isOrdered ? gainOfLengths(olds, news) : null;
  return {
    schemaVersion: 1,
    kind: 'comparison',
    measure,
    before: shownSide(before.name, old, { recordings: olds, measure }),
    after: shownSide(after.name, now, { recordings: news, measure }),
    gainRatio,
    verdict: verdictOn(gainRatio, { basis: chosen, toleranceRatio }),
    mismatches: [],
    split: null,
    outputsEqual: null,
    sampled: sampledOf(old, now, functions),
    functions,
    packages: packageDifferences(old, now),
    inlining: [],
    timelines: measure.isOrdered ? { before: timelineOf(old), after: timelineOf(now) } : null,
    bounds:
      chosen === 'time' && measure.isOrdered
        ? freeFunctionBounds(now, now.sampling.wallRunsMs[now.sampling.medianRun] ?? 0)
        : [],
    recordings: {
      basis: chosen,
      before: olds.map(lengthOf),
      after: news.map(lengthOf),
      busyRatio: {
        before: medianEstimate(olds.map(busyRatioOf)),
        after: medianEstimate(news.map(busyRatioOf)),
        delta: hodgesLehmannShift({ before: olds.map(busyRatioOf), after: news.map(busyRatioOf) }),
      },
    },
    warnings: [
      ...recordingWarnings({ before: olds, after: news, basis: chosen, chosen: basis !== null, measure }),
      ...ambiguityWarning(functions),
    ],
  };
}

function gainOfLengths(before: readonly RecordingSummary[], after: readonly RecordingSummary[]): Estimate {
  const logs = (side: readonly RecordingSummary[]) => side.map(({ wallMs }) => Math.log(wallMs));
  return gainOf(hodgesLehmannShift({ before: logs(before), after: logs(after) }));
}

function verdictOn(
  gainRatio: Estimate | null,
  { basis, toleranceRatio }: { readonly basis: Basis; readonly toleranceRatio: number },
): Verdict {
  const remedy = recordingRemedy(basis);
  if (basis === 'share' || gainRatio === null || gainRatio.confidenceLevel < LEVEL)
    return { kind: 'inconclusive', remedy };
  return verdictOf(gainRatio, { toleranceRatio, remedy });
}

function lengthOf({ file, measure = TIMED, wallMs, sampledMs, busyMs }: RecordingSummary): RecordingLength {
  return { file, wallMs: measure.isOrdered ? wallMs : null, sampledMs, busyMs };
}

function busyRatioOf({ sampledMs, busyMs }: RecordingSummary): number {
  return sampledMs > 0 ? busyMs / sampledMs : 0;
}

/** One side as a comparison reads it: the figures of the recording in the middle, by length or by busy time, and of all. */
function sideOf(recordings: readonly RecordingSummary[], namers: readonly FileName[], basis: Basis) {
  const medianRun = medianRunIndex(
    basis === 'time' ? recordings : recordings.map(({ busyMs }) => ({ wallMs: busyMs })),
  );
  const shown = recordings[medianRun];
  if (shown === undefined) throw new RangeError('a side without recordings');
  return {
    functions: functionRows(recordings, namers, medianRun),
    busyMs: recordings.map(({ busyMs }) => busyMs),
    threads: [...shown.threads],
    helpers: null,
    sampling: { sampledMs: shown.sampledMs, wallRunsMs: recordings.map(({ wallMs }) => wallMs), medianRun },
  };
}

/** Each function of any recording once, with what it took in every one. */
function functionRows(
  recordings: readonly RecordingSummary[],
  namers: readonly FileName[],
  medianRun: number,
): ReportFunction[] {
  const runs = recordings.map(({ functions }, run) => {
    const named = functions.map((total) => ({
      ...total,
      frame: { ...total.frame, url: namers[run]?.(total.frame.url) ?? total.frame.url },
    }));
    return new Map(mergeThreads([named]).map((total) => [frameKey(total.frame), total]));
  });
  const all = new Map(runs.flatMap((rows) => [...rows]));
  return [...all].map(([key, total]) => rowOf(total, { of: runs.map((rows) => rows.get(key)), medianRun }));
}

function rowOf(
  { frame, engine }: FunctionTotal,
  { of, medianRun }: { readonly of: readonly (FunctionTotal | undefined)[]; readonly medianRun: number },
): ReportFunction {
  const selfRunsMs = of.map((total) => (total?.selfUs ?? 0) / US_PER_MS);
  const totalRunsMs = of.map((total) => (total?.totalUs ?? 0) / US_PER_MS);
  return {
    name: frame.name,
    file: frame.url,
    line: frame.line,
    column: frame.column,
    engine,
    ignored: false,
    calls: null,
    primitiveCalls: null,
    body: null,
    recursive: of.some((total) => total?.recursive ?? false),
    selfMs: selfRunsMs[medianRun] ?? 0,
    totalMs: totalRunsMs[medianRun] ?? 0,
    selfRunsMs,
    totalRunsMs,
  };
}

function shownSide(
  implementation: string,
  { sampling, threads }: ReturnType<typeof sideOf>,
  { recordings, measure }: { readonly recordings: readonly RecordingSummary[]; readonly measure: Measure },
): Side {
  return {
    implementation,
    file: recordings[sampling.medianRun]?.file ?? '',
    wallMs: measure.isOrdered ? medianEstimate(sampling.wallRunsMs) : null,
    cpuMs: null,
    peakRssBytes: null,
    totalCalls: null,
    threads: measure.hasThreads ? threads.length : null,
  };
}
