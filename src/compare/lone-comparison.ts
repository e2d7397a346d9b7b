import { OutpaceError } from '../base/errors.ts';
import { TIMED } from '../profile/measure.ts';
import type { RecordedThread, RecordedThreads } from '../profile/model.ts';
import type { Estimate } from '../stats/estimate.ts';
import { freeFunctionBounds } from './bounds.ts';
import { commonMeasure } from './common-measure.ts';
import { type Comparison, type Side, sampledOf } from './comparison.ts';
import { ambiguityWarning } from './comparison-warnings.ts';
import { flawWarnings } from './flaw-words.ts';
import { functionDifferences } from './function-differences.ts';
import { summariseLone } from './lone-profile.ts';
import { packageDifferences } from './packages.ts';
import { timelineOf } from './timeline.ts';

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
