import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { type ProfileReport, parseProfileReport } from '../compare/profile-report.ts';
import { attempt, errnoOf } from './failure.ts';
import { isRecord } from './is-record.ts';
import { parseJson } from './parse-json.ts';

export interface StoredReport {
  readonly file: string;
  readonly report: ProfileReport;
}

export interface NewestReport extends StoredReport {
  /** Reports of this implementation, by their name, that could not be read. */
  readonly warnings: readonly string[];
}

export interface ReportQuery {
  readonly reportsDir: string;
  readonly job: string;
  readonly implementation: string;
}

/**
 * The newest report of an implementation, by the time in the report and not in its name.
 *
 * @throws OutpaceError MISSING_REPORT where there is none
 */
export async function newestReport(query: ReportQuery): Promise<NewestReport> {
  const folder = resolve(query.reportsDir);
  const ownName = `-${query.job}_${query.implementation}_profile.json`;
  const warnings: string[] = [];
  let newest: StoredReport | null = null;
  for (const name of await reportNames(folder)) {
    const file = join(folder, name);
    try {
      const stored = { file, report: await readReport(file) };
      const fits = stored.report.job === query.job && stored.report.implementation === query.implementation;
      if (fits && (newest === null || isNewer(stored, newest))) newest = stored;
    } catch (thrown) {
      if (!(thrown instanceof OutpaceError)) throw thrown;
      if (name.endsWith(ownName)) warnings.push(`Skipped: ${thrown.message}`);
    }
  }
  if (newest === null) throw missing(query, folder, warnings);
  return { ...newest, warnings };
}

/**
 * A stored report.
 *
 * @throws OutpaceError MISSING_REPORT, MALFORMED_REPORT or, where it cannot be read, STORE_FAILED
 */
export async function readReport(file: string): Promise<ProfileReport> {
  const text = await attempt('read the report', file, () => readText(file));
  if (text === null) throw new OutpaceError('MISSING_REPORT', `There is no report ${file}.`);
  if (text.trim() === '') throw new OutpaceError('MALFORMED_REPORT', `${file} is empty.`);
  const raw = parse(text, file);
  const foreign = foreignKindOf(raw);
  if (foreign !== null) throw new OutpaceError('MALFORMED_REPORT', `${file} is ${foreign}`);
  return parseProfileReport(raw, file);
}

function parse(text: string, file: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    const message = `${file} is not JSON, or not all of it: ${messageOf(cause)}`;
    throw new OutpaceError('MALFORMED_REPORT', message, { cause });
  }
}

/** What another file of the same kind of name is, in words; null for what may be a profile report. */
function foreignKindOf(raw: unknown): string | null {
  if (!isRecord(raw)) return null;
  const hint = 'A comparison takes the .json report that `outpace profile` writes to the reports folder.';
  if (Array.isArray(raw.nodes) && Array.isArray(raw.samples)) return `a .cpuprofile. ${hint}`;
  if (Array.isArray(raw.traceEvents)) return `a trace. ${hint}`;
  if (typeof raw.kind !== 'string' || raw.kind === 'profile') return null;
  return `a report of the kind ${JSON.stringify(raw.kind)}, not "profile". ${hint}`;
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

async function reportNames(folder: string): Promise<string[]> {
  const names = await attempt('read the folder', folder, async () => {
    try {
      return await readdir(folder);
    } catch (thrown) {
      if (errnoOf(thrown) === 'ENOENT') return [];
      throw thrown;
    }
  });
  return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
}

/** At the same instant the name decides: `…-2-…` is longer than the one it follows, `…-10-…` longer than `…-9-…`. */
function isNewer(a: StoredReport, b: StoredReport): boolean {
  const difference = Date.parse(a.report.startedAt) - Date.parse(b.report.startedAt);
  if (difference !== 0) return difference > 0;
  return a.file.length === b.file.length ? a.file > b.file : a.file.length > b.file.length;
}

function missing(query: ReportQuery, folder: string, warnings: readonly string[]): OutpaceError {
  const { job, implementation } = query;
  const message = [
    `There is no report of '${implementation}' (job ${job}) in ${folder}.`,
    `Run \`npm run profile -- ${implementation}\` first.`,
  ];
  return new OutpaceError('MISSING_REPORT', [...message, ...warnings].join('\n'));
}
