import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { type ProfileReport, parseProfileReport } from '../compare/profile-report.ts';

export interface StoredReport {
  readonly file: string;
  readonly report: ProfileReport;
}

/** @throws OutpaceError MALFORMED_REPORT saying what the file holds instead */
export async function readReport(file: string): Promise<StoredReport> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new OutpaceError('MISSING_REPORT', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const found = text.trim() === '' ? 'it is empty' : messageOf(error);
    throw new OutpaceError('MALFORMED_REPORT', `${file} is not JSON: ${found}`, { cause: error });
  }
  return { file, report: parseProfileReport(raw, file) };
}

/**
 * The newest report of one side, by the `startedAt` inside it.
 *
 * @throws OutpaceError MISSING_REPORT where there is none; MALFORMED_REPORT where a candidate is broken
 */
export async function newestReport(options: {
  readonly reportsDir: string;
  readonly job: string;
  readonly implementation: string;
}): Promise<StoredReport> {
  const ending = `-${options.job}_${options.implementation}_profile.json`;
  const names = await readdir(options.reportsDir).catch((): string[] => []);
  const candidates = names.filter((name) => name.endsWith(ending) && !name.startsWith('.'));
  const stored = await Promise.all(candidates.map((name) => readReport(join(options.reportsDir, name))));
  const newest = stored.toSorted(
    (a, b) => Date.parse(b.report.startedAt) - Date.parse(a.report.startedAt),
  )[0];
  if (newest === undefined) {
    throw new OutpaceError(
      'MISSING_REPORT',
      `${options.reportsDir} has no report of '${options.implementation}': run \`npm run profile -- ${options.implementation}\` first`,
    );
  }
  return newest;
}
