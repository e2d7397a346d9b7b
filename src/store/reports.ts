import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { type ProfileReport, parseProfileReport } from '../compare/profile-report.ts';
import type { CpuProfile } from '../profile/model.ts';
import { parseCpuProfile } from '../profile/parse-cpu-profile.ts';

export interface StoredReport {
  readonly file: string;
  readonly report: ProfileReport;
}

/** What a file that is compared may hold. */
export type Stored =
  | ({ readonly kind: 'report' } & StoredReport)
  | { readonly kind: 'profile'; readonly file: string; readonly profile: CpuProfile };

/** @throws OutpaceError MISSING_REPORT, MALFORMED_REPORT or MALFORMED_PROFILE saying what the file holds instead */
export async function readStored(file: string): Promise<Stored> {
  const raw = await readJson(file);
  if (file.endsWith('.cpuprofile') || looksLikeCpuProfile(raw)) {
    return { kind: 'profile', file, profile: parseCpuProfile(raw, file) };
  }
  return { kind: 'report', file, report: parseProfileReport(raw, file) };
}

/** @throws OutpaceError MISSING_REPORT, or for what is no JSON MALFORMED_REPORT or MALFORMED_PROFILE */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new OutpaceError('MISSING_REPORT', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = text.trim() === '' ? 'it is empty' : messageOf(error);
    const code = file.endsWith('.cpuprofile') ? 'MALFORMED_PROFILE' : 'MALFORMED_REPORT';
    throw new OutpaceError(code, `${file} is not JSON: ${found}`, { cause: error });
  }
}

/** @throws OutpaceError as `readStored` does, and for a .cpuprofile */
async function readReport(file: string): Promise<StoredReport> {
  const stored = await readStored(file);
  if (stored.kind === 'report') return stored;
  throw new OutpaceError('MALFORMED_REPORT', `${file} is a .cpuprofile, and no report`);
}

function looksLikeCpuProfile(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'nodes' in raw && 'timeDeltas' in raw;
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
