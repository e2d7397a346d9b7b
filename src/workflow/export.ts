import { gzipSync } from 'node:zlib';
import { assertNever } from '../base/assert-never.ts';
import { OutpaceError } from '../base/errors.ts';
import { folded, foldedDifference } from '../render/export/folded.ts';
import type { RunFormat } from '../render/export/formats.ts';
import { profileMarkdown } from '../render/export/markdown.ts';
import { pprof } from '../render/export/pprof.ts';
import type { Recording } from '../render/export/recording.ts';
import { speedscope } from '../render/export/speedscope.ts';
import { profileText } from '../render/profile-text.ts';
import { readThreads } from '../store/recordings.ts';
import type { Stored } from '../store/reports.ts';
import { type LoadRequest, loadSide } from './load-side.ts';

export interface ExportRequest extends LoadRequest {
  readonly profilesDir: string;
  /** A name, whose newest report is meant, or a file. */
  readonly side: string;
  readonly format: RunFormat;
}

/** One run in one format; text, or the bytes of a gzipped pprof. */
export async function exportRun(request: ExportRequest): Promise<string | Uint8Array> {
  const stored = await loadSide(request, request.side);
  const { format } = request;
  switch (format) {
    case 'json':
      return `${JSON.stringify(reportOf(stored, format))}\n`;
    case 'text':
      return profileText(reportOf(stored, format), stored.file);
    case 'markdown':
      return profileMarkdown(reportOf(stored, format));
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

/** The stacks of two runs side by side, as difffolded.pl gives them. */
export async function exportFoldedDifference(
  request: LoadRequest & { readonly profilesDir: string; readonly before: string; readonly after: string },
): Promise<string> {
  const { before, after, profilesDir } = request;
  return foldedDifference(
    await recordingOf(await loadSide(request, before), profilesDir),
    await recordingOf(await loadSide(request, after), profilesDir),
  );
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

function reportOf(stored: Stored, format: string) {
  if (stored.kind === 'report') return stored.report;
  throw new OutpaceError('USAGE', `${stored.file} is a recording: ${format} needs the report of a run`);
}

/** Of a report the time of the run alone, of any other recording all of it. */
async function recordingOf(stored: Stored, profilesDir: string): Promise<Recording> {
  const whole = ({ startTimeUs, endTimeUs }: { startTimeUs: number; endTimeUs: number }) => ({
    startUs: startTimeUs,
    endUs: endTimeUs,
  });
  if (stored.kind === 'profile') {
    const { file, threads } = stored;
    return { name: file, threads: threads.map((thread) => ({ ...thread, window: whole(thread.profile) })) };
  }
  const { job, implementation, sampling } = stored.report;
  const threads = await readThreads(stored, profilesDir);
  return {
    name: `${job} ${implementation}`,
    threads: threads.map((thread) => ({ ...thread, window: sampling.window ?? whole(thread.profile) })),
  };
}
