import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import { parseStoredRuns, type StoredRun } from '../compare/stored-runs.ts';
import { readJson } from './reports.ts';

/** What one file holds, or why it holds nothing. */
export type FileOfRuns =
  | { readonly kind: 'runs'; readonly file: string; readonly runs: readonly StoredRun[] }
  | { readonly kind: 'passed over'; readonly why: string };

/**
 * The kept runs of a job, a file after the other: a folder of a year's reports is not held in memory.
 *
 * @throws OutpaceError MISSING_REPORT where the folder is there and cannot be read
 */
export async function* storedRuns(reportsDir: string, job: string): AsyncGenerator<FileOfRuns> {
  const names = await readdir(reportsDir).catch((error): string[] => {
    if (isErrorCode(error, 'ENOENT')) return [];
    throw new OutpaceError('MISSING_REPORT', `${reportsDir} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  });
  const wanted = (name: string) =>
    /_(profile|bench)\.json$/.test(name) && name.includes(`-${job}_`) && !name.startsWith('.');
  for (const name of names.filter(wanted).toSorted()) {
    const file = join(reportsDir, name);
    try {
      const stored = parseStoredRuns(await readJson(file), file);
      // A job `x-y` has files that look like those of a job `y`.
      if (stored.job === job) yield { kind: 'runs', file, runs: stored.runs };
    } catch (error) {
      if (!(error instanceof OutpaceError)) throw error;
      yield { kind: 'passed over', why: error.message };
    }
  }
}
