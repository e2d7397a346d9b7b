import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { type ProfileReport, parseProfileReport } from '../compare/profile-report.ts';
import type { RecordedThreads } from '../profile/model.ts';
import { FOREIGN_FORMATS, PROFILE_FORMATS } from '../profile/profile-formats.ts';
import { documentBytes } from './document-bytes.ts';
import { kindOfFile, readRecording } from './recording-file.ts';

export interface StoredReport {
  readonly file: string;
  readonly report: ProfileReport;
}

/** What a file that is compared may hold: a report, or the threads of a recording, whoever made it. */
export type Stored =
  | ({ readonly kind: 'report' } & StoredReport)
  | ({ readonly kind: 'profile'; readonly file: string } & RecordedThreads);

/** A file of that name holds a recording; any other is looked into. */
const RECORDING_NAME = /\.cpuprofile(\.gz|\.zst)?$/;

/** @throws OutpaceError MISSING_REPORT, MALFORMED_REPORT or MALFORMED_PROFILE saying what the file holds instead */
export async function readStored(file: string): Promise<Stored> {
  const kind = RECORDING_NAME.test(file) ? 'V8 profile' : await kindOfFile(file);
  if (kind === 'other')
    return { kind: 'report', file, report: parseProfileReport(await readJson(file), file) };
  const format = PROFILE_FORMATS.find((one) => one.kind === kind);
  if (format !== undefined) return { kind: 'profile', file, ...(await readRecording(file, format.kind)) };
  const foreign = FOREIGN_FORMATS.find((one) => one.kind === kind);
  throw new OutpaceError('MALFORMED_PROFILE', `${file} is ${foreign?.says ?? kind}`);
}

/** @throws OutpaceError MISSING_REPORT, or MALFORMED_REPORT for what is no JSON */
export async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = text.trim() === '' ? 'it is empty' : messageOf(error);
    throw new OutpaceError('MALFORMED_REPORT', `${file} is not JSON: ${found}`, { cause: error });
  }
}

async function readText(file: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of documentBytes(file)) pieces.push(Buffer.from(piece));
  try {
    return Buffer.concat(pieces).toString('utf8');
  } catch (error) {
    throw new OutpaceError('MALFORMED_REPORT', `${file} is too large for a report: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** @throws OutpaceError as `readStored` does, and for a .cpuprofile */
async function readReport(file: string): Promise<StoredReport> {
  const stored = await readStored(file);
  if (stored.kind === 'report') return stored;
  throw new OutpaceError('MALFORMED_REPORT', `${file} is a .cpuprofile, and no report`);
}

export interface NewestReport extends StoredReport {
  /** Why files that bear the name of such a report were passed over. */
  readonly skipped: readonly string[];
}

/**
 * The newest report of one side, by the `startedAt` inside it.
 *
 * @throws OutpaceError MISSING_REPORT where there is none that can be read
 */
export async function newestReport(options: {
  readonly reportsDir: string;
  readonly job: string;
  readonly implementation: string;
}): Promise<NewestReport> {
  const { reportsDir, job, implementation } = options;
  const ending = `-${job}_${implementation}_profile.json`;
  const names = await readdir(reportsDir).catch((): string[] => []);
  const candidates = names.filter((name) => name.endsWith(ending) && !name.startsWith('.'));
  const skipped: string[] = [];
  let newest: StoredReport | null = null;
  // One after the other: a folder of a year's reports is not held in memory.
  for (const name of candidates) {
    try {
      const stored = await readReport(join(reportsDir, name));
      // A job `x-y` has files that end as those of a job `y`.
      if (stored.report.job !== job || stored.report.implementation !== implementation) continue;
      if (newest === null || startOf(stored) > startOf(newest)) newest = stored;
    } catch (error) {
      if (!(error instanceof OutpaceError)) throw error;
      skipped.push(error.message);
    }
  }
  if (newest !== null) return { ...newest, skipped };
  const why = skipped.length === 0 ? '' : `\n${skipped.join('\n')}`;
  throw new OutpaceError(
    'MISSING_REPORT',
    `${reportsDir} has no report of '${implementation}' for the job ${job}: run \`outpace profile ${implementation}\` first${why}`,
  );
}

function startOf({ report }: StoredReport): number {
  return Date.parse(report.startedAt);
}
