import { counted } from '../base/counted.ts';
import { OutpaceError } from '../base/errors.ts';
import { commonMeasure } from '../compare/common-measure.ts';
import type { Comparison } from '../compare/comparison.ts';
import {
  compareLoneProfiles,
  isEmpty,
  type NamedProfile,
  nothingRecorded,
} from '../compare/lone-comparison.ts';
import { compareRecordings } from '../compare/many-profiles.ts';
import { type ProcessFiles, processFiles } from '../compare/process-files.ts';
import type { Basis } from '../compare/recording-basis.ts';
import { type RecordingSummary, recordingSummary } from '../compare/recording-summary.ts';
import { sideNames } from '../compare/side-names.ts';
import { type ProfileFile, profileFiles } from '../store/profile-files.ts';
import { readStored } from '../store/reports.ts';

export interface CompareRecordingsRequest {
  readonly cwd: string;
  /** Files or globs. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** null: what fits the recordings. */
  readonly basis: Basis | null;
  readonly toleranceRatio: number;
}

/** Beyond it, the comparison of each function takes seconds, and shows nothing that fewer would not. */
const MOST_RECORDINGS = 200;

/**
 * Several recordings a side; with one a side, as `compare` does of two files.
 *
 * @throws OutpaceError USAGE for a file on both sides, a report among recordings, or too many; MISSING_REPORT,
 *   MALFORMED_PROFILE
 */
export async function compareManyRecordings(request: CompareRecordingsRequest): Promise<Comparison> {
  const { cwd, basis, toleranceRatio } = request;
  const [before, after] = [await profileFiles(cwd, request.before), await profileFiles(cwd, request.after)];
  refuseSame(before, after);
  const [olds, news] = [processesOf(before), processesOf(after)];
  const [onlyBefore, onlyAfter] = [olds[0], news[0]];
  if (olds.length === 1 && news.length === 1 && onlyBefore !== undefined && onlyAfter !== undefined) {
    if (basis !== null) throw new OutpaceError('USAGE', '--by needs several recordings on a side');
    return compareLoneProfiles(await readProcess(onlyBefore), await readProcess(onlyAfter));
  }
  const names = sideNames(olds.flat(), news.flat());
  const [oldSide, newSide] = [await summaries(olds), await summaries(news)];
  const comparison = compareRecordings({
    before: { name: names.before, recordings: oldSide.recordings },
    after: { name: names.after, recordings: newSide.recordings },
    basis,
    toleranceRatio,
  });
  return {
    ...comparison,
    warnings: [
      ...comparison.warnings,
      ...joinedWarning([...olds, ...news]),
      ...[...oldSide.empty, ...newSide.empty].map(
        (file) => `${file} was left out: nothing was recorded in it`,
      ),
    ],
  };
}

function refuseSame(before: readonly ProfileFile[], after: readonly ProfileFile[]): void {
  const twice = before.find(({ real }) => after.some((other) => other.real === real));
  if (twice === undefined) return;
  throw new OutpaceError(
    'USAGE',
    `${twice.file} is on both sides: what is compared with itself shows nothing`,
  );
}

function processesOf(files: readonly ProfileFile[]): ProcessFiles[] {
  const processes = processFiles(files.map(({ file }) => file));
  if (processes.length <= MOST_RECORDINGS) return processes;
  throw new OutpaceError(
    'USAGE',
    `${processes.length} recordings on one side: at most ${MOST_RECORDINGS} can be compared`,
  );
}

function joinedWarning(processes: readonly ProcessFiles[]): string[] {
  const workers = processes.reduce((sum, [, ...others]) => sum + others.length, 0);
  if (workers === 0) return [];
  return [
    `${counted(workers, 'file is', 'files are')} of worker threads, and counted with the main thread of their process as one recording`,
  ];
}

/**
 * One is read at a time, and its samples let go before the next. Those in which nothing was recorded are left out.
 *
 * @throws OutpaceError MALFORMED_PROFILE where nothing was recorded in any
 */
async function summaries(processes: readonly ProcessFiles[]) {
  const recordings: RecordingSummary[] = [];
  const empty: string[] = [];
  for (const files of processes) {
    const profile = await readProcess(files);
    if (isEmpty(profile)) empty.push(profile.file);
    else recordings.push(recordingSummary(profile));
  }
  if (recordings.length === 0) throw nothingRecorded(empty);
  return { recordings, empty };
}

/** The threads of a process share a clock. */
async function readProcess([main, ...workers]: ProcessFiles): Promise<NamedProfile> {
  const first = await readRecorded(main);
  const threads = [...first.threads];
  const flaws = [...first.flaws];
  const measures = [first];
  for (const file of workers) {
    const name = `worker-${threads.length}`;
    const worker = await readRecorded(file);
    threads.push(...worker.threads.map((thread) => ({ ...thread, name })));
    flaws.push(...worker.flaws);
    measures.push(worker);
  }
  return { file: main, threads, flaws, measure: commonMeasure(measures) };
}

async function readRecorded(file: string): Promise<NamedProfile> {
  const stored = await readStored(file);
  if (stored.kind === 'profile') return stored;
  throw new OutpaceError(
    'USAGE',
    `${file} is a report: --before and --after take recordings; \`outpace compare\` takes two reports as they are`,
  );
}
