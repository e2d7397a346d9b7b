import { OutpaceError } from '../base/errors.ts';
import { parseStoredRuns, type StoredRun } from '../compare/stored-runs.ts';
import { readHeads } from './report-heads.ts';
import { readJson } from './reports.ts';

/** What one file holds, or why it holds nothing. */
export type FileOfRuns =
  | { readonly kind: 'runs'; readonly file: string; readonly runs: readonly StoredRun[] }
  | { readonly kind: 'passed over'; readonly why: string };

/** All that history takes of a profile's report, which begins with it; a bench is small. */
const PROFILE_MEMBERS = new Set([
  'schemaVersion',
  'kind',
  'job',
  'implementation',
  'startedAt',
  'environment',
  'input',
  'timing',
]);

/**
 * The kept runs of a job, a file after the other: a folder of a year's reports is not held in memory.
 *
 * @throws OutpaceError MISSING_REPORT where the folder is there and cannot be read
 */
export async function* storedRuns(reportsDir: string, job: string): AsyncGenerator<FileOfRuns> {
  const isWanted = (name: string) => /_(profile|bench)\.json$/.test(name) && name.includes(`-${job}_`);
  for await (const { file, head } of readHeads(reportsDir, { isWanted, wanted: PROFILE_MEMBERS })) {
    // A job `x-y` has files that look like those of a job `y`.
    if (head !== null && typeof head.job === 'string' && head.job !== job) continue;
    try {
      const stored = parseStoredRuns(head ?? (await readJson(file)), file);
      if (stored.job === job) yield { kind: 'runs', file, runs: stored.runs };
    } catch (error) {
      if (!(error instanceof OutpaceError)) throw error;
      yield { kind: 'passed over', why: error.message };
    }
  }
}
