import { OutpaceError } from '../base/errors.ts';
import { isSameMachine, isSameWork, newestMatchingPair, type Pair } from '../compare/matching-pair.ts';
import { inputMismatches } from '../compare/mismatches.ts';
import type { ProfileReport } from '../compare/profile-report.ts';
import { otherInputText } from '../render/mismatch-text.ts';
import { type ReportHeader, reportHeaders } from '../store/report-headers.ts';
import { readStored } from '../store/reports.ts';
import { within } from './failed-run.ts';
import { type Loaded, type LoadRequest, loadSide } from './load-side.ts';

type LoadedReport = Extract<Loaded, { readonly kind: 'report' }>;

/**
 * The two sides that a person named. A name stands for its newest report; where the two are of different jobs or inputs,
 * or from different machines, for the newest that match, and `skipped` says what was passed over.
 */
export async function loadPair(request: LoadRequest, named: Pair<string>): Promise<Pair<Loaded>> {
  const before = await loadSide(request, named.before);
  const after = await loadSide(request, named.after);
  if (before.kind !== 'report' || after.kind !== 'report') return { before, after };
  const newest = { before, after };
  const reports = { before: before.report, after: after.report };
  if (isSameWork(reports) && isSameMachine(reports)) return newest;
  if (!before.byName && !after.byName) return newest;
  return (await newestMatch(request, named, newest)) ?? newest;
}

async function newestMatch(
  request: LoadRequest,
  named: Pair<string>,
  newest: Pair<LoadedReport>,
): Promise<Pair<LoadedReport> | null> {
  const candidates = async ({ byName, file, report }: LoadedReport, implementation: string) =>
    byName ? reportHeaders({ ...request, implementation }) : [{ ...report, file }];
  let olds = await candidates(newest.before, named.before);
  let news = await candidates(newest.after, named.after);
  for (;;) {
    const pair = newestMatchingPair<ReportHeader>(olds, news);
    if (pair === null) return null;
    const [before, after] = [await readIfWhole(pair.before.file), await readIfWhole(pair.after.file)];
    if (before !== null && after !== null) return withNotes(request.root, newest, { before, after });
    if (before === null) olds = olds.filter((one) => one !== pair.before);
    if (after === null) news = news.filter((one) => one !== pair.after);
  }
}

interface ReadReport {
  readonly file: string;
  readonly report: ProfileReport;
}

/** null for a file whose figures cannot be read, though its header can. */
async function readIfWhole(file: string): Promise<ReadReport | null> {
  try {
    const stored = await readStored(file);
    return stored.kind === 'report' ? stored : null;
  } catch (error) {
    if (!(error instanceof OutpaceError)) throw error;
    return null;
  }
}

function withNotes(root: string, newest: Pair<LoadedReport>, chosen: Pair<ReadReport>): Pair<LoadedReport> {
  const side = (one: LoadedReport, own: ReadReport, other: ReadReport): LoadedReport =>
    own.file === one.file ? one : { ...one, ...own, skipped: [...one.skipped, passedOver(root, one, other)] };
  return {
    before: side(newest.before, chosen.before, chosen.after),
    after: side(newest.after, chosen.after, chosen.before),
  };
}

/** Why the newest report of a side is not the one that is compared with `other`. */
function passedOver(root: string, { file, report }: ReadReport, other: ReadReport): string {
  const [newer, shown] = [within(root, file), within(root, other.file)];
  const inputs = inputMismatches(report.input, other.report.input).map(otherInputText);
  if (inputs.length > 0)
    return `${newer} is newer, but its input is not that of ${shown} (${inputs.join('; ')})`;
  const [own, theirs] = [report.environment, other.report.environment];
  const machine = ({ node, cpu, cores }: typeof own) => `Node ${node} on ${cpu}, ${cores} cores`;
  return `${newer} is newer, but from ${machine(own)}, where ${shown} is from ${machine(theirs)}`;
}
