import * as v from 'valibot';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { PROFILE_SCHEMA_VERSION, type ProfileReport, parseProfileReport } from '../compare/profile-report.ts';
import type { RecordedThreads } from '../profile/model.ts';
import { FOREIGN_FORMATS, PROFILE_FORMATS } from '../profile/profile-formats.ts';
import { documentBytes } from './document-bytes.ts';
import { kindOfFile, readRecording } from './recording-file.ts';
import { type Head, readHeads } from './report-heads.ts';

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
  // A job `x-y` has files that end as those of a job `y`.
  const isOfSide = (one: Side) => one.job === job && one.implementation === implementation;
  const candidates: { readonly file: string; readonly startMs: number }[] = [];
  const skipped: string[] = [];
  for await (const { file, head } of readHeads(reportsDir, {
    isWanted: (name) => name.endsWith(ending),
    wanted: SIDE_MEMBERS,
  })) {
    const side = sideIn(head) ?? (await orWhy(() => readReport(file), skipped))?.report ?? null;
    if (side !== null && isOfSide(side)) candidates.push({ file, startMs: Date.parse(side.startedAt) });
  }
  for (const { file } of candidates.toSorted((a, b) => b.startMs - a.startMs)) {
    const stored = await orWhy(() => readReport(file), skipped);
    if (stored !== null && isOfSide(stored.report)) return { ...stored, skipped };
  }
  const why = skipped.length === 0 ? '' : `\n${skipped.join('\n')}`;
  throw new OutpaceError(
    'MISSING_REPORT',
    `${reportsDir} has no report of '${implementation}' for the job ${job}: run \`outpace profile ${implementation}\` first${why}`,
  );
}

type Side = Pick<ProfileReport, 'job' | 'implementation' | 'startedAt'>;

const SideSchema = v.object({
  schemaVersion: v.literal(PROFILE_SCHEMA_VERSION),
  kind: v.literal('profile'),
  job: v.string(),
  implementation: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
});

const SIDE_MEMBERS = new Set(Object.keys(SideSchema.entries));

/** null where the head is not that of a report: the whole file tells why. */
function sideIn(head: Head | null): Side | null {
  const parsed = v.safeParse(SideSchema, head);
  return parsed.success ? parsed.output : null;
}

/** What is read, or null, with the reason among those that are shown. */
async function orWhy<Value>(read: () => Promise<Value>, skipped: string[]): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof OutpaceError)) throw error;
    skipped.push(error.message);
    return null;
  }
}
