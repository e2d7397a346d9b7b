import { gzipSync } from 'node:zlib';
import { assertNever } from '../base/assert-never.ts';
import { OutpaceError } from '../base/errors.ts';
import { commonMeasure } from '../compare/common-measure.ts';
import { flawWarnings } from '../compare/flaw-words.ts';
import { isEmpty, nothingRecorded } from '../compare/lone-comparison.ts';
import { mismatchesOf, type OutputRule } from '../compare/mismatches.ts';
import { namedInUnit } from '../compare/named-in-unit.ts';
import { sampledProfile } from '../compare/sampled-profile.ts';
import { folded, foldedDifference } from '../render/export/folded.ts';
import type { RunFormat } from '../render/export/formats.ts';
import { profileMarkdown } from '../render/export/markdown.ts';
import { pprof } from '../render/export/pprof.ts';
import type { Recording } from '../render/export/recording.ts';
import { sampledMarkdown } from '../render/export/sampled-markdown.ts';
import { speedscope } from '../render/export/speedscope.ts';
import { differenceTexts } from '../render/mismatch-text.ts';
import { profileText } from '../render/profile-text.ts';
import { sampledText } from '../render/sampled-text.ts';
import { readThreads } from '../store/recordings.ts';
import type { Stored } from '../store/reports.ts';
import { loadPair } from './load-pair.ts';
import { type LoadRequest, loadSide } from './load-side.ts';

export interface ExportRequest extends LoadRequest {
  readonly profilesDir: string;
  /** A name, whose newest report is meant, or a file. */
  readonly side: string;
  readonly format: RunFormat;
}

/** A run in one format, text or the bytes of a gzipped pprof, and what had to be left out of it. */
export interface Exported {
  readonly content: string | Uint8Array;
  readonly warnings: readonly string[];
}

/** @throws OutpaceError MALFORMED_PROFILE for a profile in which nothing was recorded */
export async function exportRun(request: ExportRequest): Promise<Exported> {
  const stored = await loadSide(request, request.side);
  if (stored.kind === 'profile' && isEmpty(stored)) throw nothingRecorded([stored.file]);
  return {
    content: await contentOf(stored, request),
    warnings: stored.kind === 'profile' ? flawWarnings(stored) : [],
  };
}

async function contentOf(stored: Stored, request: ExportRequest): Promise<string | Uint8Array> {
  const { format } = request;
  switch (format) {
    case 'json':
      return `${JSON.stringify(documentOf(stored))}\n`;
    case 'text':
      return stored.kind === 'report'
        ? profileText(stored.report, stored.file)
        : sampledText(sampledProfile(stored));
    case 'markdown':
      return stored.kind === 'report'
        ? profileMarkdown(stored.report)
        : sampledMarkdown(sampledProfile(stored));
    case 'folded':
      return asText(folded, await recordingOf(stored, request.profilesDir));
    case 'speedscope':
      return asText(speedscope, await recordingOf(stored, request.profilesDir));
    case 'pprof':
      return gzipSync(pprof(await recordingOf(stored, request.profilesDir)));
    default:
      return assertNever(format);
  }
}

interface DifferenceRequest extends LoadRequest {
  readonly profilesDir: string;
  readonly before: string;
  readonly after: string;
  readonly outputs: OutputRule;
  /** Told what should be known of the two before their difference is read. */
  readonly onWarning: (message: string) => void;
}

/** The stacks of two runs side by side, as difffolded.pl gives them. */
export async function exportFoldedDifference(request: DifferenceRequest): Promise<string> {
  const { profilesDir, outputs, onWarning } = request;
  const { before, after } = await loadPair(request, request);
  if (before.kind === 'profile' && after.kind === 'profile') commonMeasure([before, after]);
  for (const why of [...before.skipped, ...after.skipped]) onWarning(`passed over: ${why}`);
  if (before.kind === 'report' && after.kind === 'report') {
    const mismatches = mismatchesOf(before.report, after.report, outputs);
    if (mismatches.length > 0)
      onWarning(`the two runs did not do the same work: ${differenceTexts(mismatches).join('; ')}`);
  }
  return foldedDifference(await recordingOf(before, profilesDir), await recordingOf(after, profilesDir));
}

/** @throws OutpaceError USAGE where no text can hold it */
function asText(render: (recording: Recording) => string, recording: Recording): string {
  try {
    return render(recording);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const found = `${recording.name} is too long for one text in this format (${error.message}): --format pprof holds it`;
    throw new OutpaceError('USAGE', found, { cause: error });
  }
}

function documentOf(stored: Stored): unknown {
  if (stored.kind === 'report') return stored.report;
  const profile = sampledProfile(stored);
  return namedInUnit(profile, profile.measure);
}

/** Of a report the time of the run alone, of any other recording all of it. */
async function recordingOf(stored: Stored, profilesDir: string): Promise<Recording> {
  const whole = ({ startTimeUs, endTimeUs }: { startTimeUs: number; endTimeUs: number }) => ({
    startUs: startTimeUs,
    endUs: endTimeUs,
  });
  if (stored.kind === 'profile') {
    const { file, threads, measure } = stored;
    return {
      name: file,
      ...(measure === undefined ? {} : { measure }),
      threads: threads.map((thread) => ({ ...thread, window: whole(thread.profile) })),
    };
  }
  const { job, implementation, sampling } = stored.report;
  const threads = await readThreads(stored, profilesDir);
  return {
    name: `${job} ${implementation}`,
    threads: threads.map((thread) => ({ ...thread, window: sampling.window ?? whole(thread.profile) })),
  };
}
