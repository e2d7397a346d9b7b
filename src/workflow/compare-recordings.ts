import { OutpaceError } from '../base/errors.ts';
import { type Comparison, compareLoneProfiles, type NamedProfile } from '../compare/comparison.ts';
import { compareRecordings } from '../compare/many-profiles.ts';
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
  refuseMisuse(before, after);
  const [onlyBefore, onlyAfter] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && onlyBefore !== undefined && onlyAfter !== undefined) {
    if (basis !== null) throw new OutpaceError('USAGE', '--by needs several recordings on a side');
    return compareLoneProfiles(await readRecorded(onlyBefore), await readRecorded(onlyAfter));
  }
  const files = (side: readonly ProfileFile[]) => side.map(({ file }) => file);
  const names = sideNames(files(before), files(after));
  return compareRecordings({
    before: { name: names.before, recordings: await summaries(before) },
    after: { name: names.after, recordings: await summaries(after) },
    basis,
    toleranceRatio,
  });
}

function refuseMisuse(before: readonly ProfileFile[], after: readonly ProfileFile[]): void {
  const twice = before.find(({ real }) => after.some((other) => other.real === real));
  if (twice !== undefined)
    throw new OutpaceError(
      'USAGE',
      `${twice.file} is on both sides: what is compared with itself shows nothing`,
    );
  const most = Math.max(before.length, after.length);
  if (most > MOST_RECORDINGS)
    throw new OutpaceError(
      'USAGE',
      `${most} recordings on one side: at most ${MOST_RECORDINGS} can be compared`,
    );
}

/** One is read at a time, and its samples let go before the next. */
async function summaries(files: readonly ProfileFile[]): Promise<RecordingSummary[]> {
  const found: RecordingSummary[] = [];
  for (const file of files) found.push(recordingSummary(await readRecorded(file)));
  return found;
}

async function readRecorded({ file }: ProfileFile): Promise<NamedProfile> {
  const stored = await readStored(file);
  if (stored.kind === 'profile') return stored;
  throw new OutpaceError(
    'USAGE',
    `${file} is a report: --before and --after take recordings; \`outpace compare\` takes two reports as they are`,
  );
}
