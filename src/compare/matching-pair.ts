import { canonicalJson } from './canonical-json.ts';
import type { ProfileReport } from './profile-report.ts';

/** What two reports are matched by. */
export type Matchable = Pick<ProfileReport, 'job' | 'input' | 'environment' | 'startedAt'>;

/** Two reports, one of each side. */
export interface Pair<Report> {
  readonly before: Report;
  readonly after: Report;
}

/** Whether two reports are of the same job and input. */
export function isSameWork({ before, after }: Pair<Matchable>): boolean {
  return workOf(before) === workOf(after);
}

/** Whether two reports are from one machine and Node version, of whatever commit. */
export function isSameMachine({ before, after }: Pair<Matchable>): boolean {
  return machineOf(before) === machineOf(after);
}

/**
 * The pair of the same job and input whose newer report is newest, and of several such, whose older one is. Pairs from one
 * machine and Node version come before any others. null where no two match.
 */
export function newestMatchingPair<Report extends Matchable>(
  befores: readonly Report[],
  afters: readonly Report[],
): Pair<Report> | null {
  const onOneMachine = (report: Matchable) => `${workOf(report)} ${machineOf(report)}`;
  return newestPairBy(onOneMachine, befores, afters) ?? newestPairBy(workOf, befores, afters);
}

function newestPairBy<Report extends Matchable>(
  keyOf: (report: Matchable) => string,
  befores: readonly Report[],
  afters: readonly Report[],
): Pair<Report> | null {
  const [olds, news] = [newestByKey(keyOf, befores), newestByKey(keyOf, afters)];
  let best: Pair<Report> | null = null;
  for (const [key, after] of news) {
    const before = olds.get(key);
    if (before !== undefined && (best === null || isNewer({ before, after }, best))) best = { before, after };
  }
  return best;
}

function newestByKey<Report extends Matchable>(
  keyOf: (report: Matchable) => string,
  reports: readonly Report[],
): Map<string, Report> {
  const newest = new Map<string, Report>();
  for (const report of reports) {
    const key = keyOf(report);
    const known = newest.get(key);
    if (known === undefined || timeOf(report) > timeOf(known)) newest.set(key, report);
  }
  return newest;
}

function isNewer(pair: Pair<Matchable>, other: Pair<Matchable>): boolean {
  const times = ({ before, after }: Pair<Matchable>) => [timeOf(before), timeOf(after)];
  const [a, b] = [times(pair), times(other)];
  return (Math.max(...a) - Math.max(...b) || Math.min(...a) - Math.min(...b)) > 0;
}

function timeOf({ startedAt }: Matchable): number {
  return Date.parse(startedAt);
}

function workOf({ job, input }: Matchable): string {
  return canonicalJson([job, input]);
}

function machineOf({ environment: { node, platform, cpu, cores } }: Matchable): string {
  return JSON.stringify([node, platform, cpu, cores]);
}
