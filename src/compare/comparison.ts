import { assertNever } from '../base/assert-never.ts';
import type { Estimate } from '../stats/estimate.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import type { ProfileReport, ReportFunction } from './profile-report.ts';

export type Verdict =
  | { readonly kind: 'faster' }
  | { readonly kind: 'slower' }
  | { readonly kind: 'unchanged'; readonly toleranceRatio: number }
  | { readonly kind: 'inconclusive'; readonly remedy: string };

/** ln(Told/Tnew) = ln(Cold/Cnew) + ln(Pnew/Pold), with C the CPU time of all threads and P = C/T. */
export interface Split {
  readonly lessWorkLog: number;
  readonly moreCoresLog: number;
  readonly parallelism: { readonly before: number; readonly after: number };
}

export interface FunctionDifference {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly selfDeltaMs: { readonly point: number; readonly low: number | null; readonly high: number | null };
  readonly totalDeltaMs: number;
  readonly calls: { readonly before: number | null; readonly after: number | null };
}

export interface Comparison {
  readonly schemaVersion: 1;
  readonly kind: 'comparison';
  readonly before: Side;
  readonly after: Side;
  readonly gainRatio: Estimate;
  readonly verdict: Verdict;
  readonly split: Split;
  readonly functions: readonly FunctionDifference[];
  readonly warnings: readonly string[];
}

export interface Side {
  readonly implementation: string;
  readonly file: string;
  readonly wallMs: Estimate;
  readonly cpuMs: Estimate;
  readonly peakRssBytes: Estimate;
  readonly totalCalls: number;
  readonly threads: number;
}

export interface ComparedReport {
  readonly file: string;
  readonly report: ProfileReport;
}

/** Two stored profiles, taken at separate moments: unpaired, and so the weaker claim. */
export function compareProfiles(
  before: ComparedReport,
  after: ComparedReport,
  toleranceRatio: number,
): Comparison {
  const logs = (side: ComparedReport) => side.report.timing.runsMs.map(Math.log);
  const gainRatio = gainOf(hodgesLehmannShift({ before: logs(before), after: logs(after) }));
  return {
    schemaVersion: 1,
    kind: 'comparison',
    before: sideOf(before),
    after: sideOf(after),
    gainRatio,
    verdict: verdictOf(gainRatio, toleranceRatio),
    split: splitOf(before.report, after.report),
    functions: functionDifferences(before.report.functions, after.report.functions),
    warnings: warningsOf(before.report, after.report, gainRatio),
  };
}

/** 1 − e^θ; a smaller θ is a larger gain, so the endpoints change places. */
export function gainOf(logRatio: Estimate): Estimate {
  return {
    point: -Math.expm1(logRatio.point),
    low: -Math.expm1(logRatio.high),
    high: -Math.expm1(logRatio.low),
    confidenceLevel: logRatio.confidenceLevel,
  };
}

/** A claim needs the whole interval beyond the tolerance. */
export function verdictOf({ low, high, confidenceLevel }: Estimate, toleranceRatio: number): Verdict {
  if (confidenceLevel === 0)
    return { kind: 'inconclusive', remedy: 'one run per side shows no spread: --runs 4' };
  if (low > toleranceRatio) return { kind: 'faster' };
  if (high < -toleranceRatio) return { kind: 'slower' };
  if (low >= -toleranceRatio && high <= toleranceRatio) return { kind: 'unchanged', toleranceRatio };
  return { kind: 'inconclusive', remedy: 'more timing runs per side narrow the interval: --runs 10' };
}

export function describeVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'faster':
    case 'slower':
      return verdict.kind;
    case 'unchanged':
      return `unchanged within ${verdict.toleranceRatio * 100} %`;
    case 'inconclusive':
      return `inconclusive; ${verdict.remedy}`;
    default:
      return assertNever(verdict);
  }
}

function sideOf({ file, report }: ComparedReport): Side {
  const { implementation, timing, totalCalls, threads } = report;
  const { wallMs, cpuMs, peakRssBytes } = timing;
  return { implementation, file, wallMs, cpuMs, peakRssBytes, totalCalls, threads: threads.length };
}

function splitOf(before: ProfileReport, after: ProfileReport): Split {
  const parallelism = (report: ProfileReport) => report.timing.cpuMs.point / report.timing.wallMs.point;
  return {
    lessWorkLog: Math.log(before.timing.cpuMs.point / after.timing.cpuMs.point),
    moreCoresLog: Math.log(parallelism(after) / parallelism(before)),
    parallelism: { before: parallelism(before), after: parallelism(after) },
  };
}

/** A side's own folder is no difference: `impl-old/index.ts` and `impl-new/index.ts` are the same place. */
function matchKey({ name, file, engine }: ReportFunction): string {
  return `${engine}\n${file.replace(/^impl-[^/]+\//, 'impl-*/')}\n${name}`;
}

/**
 * First by the very place; then what is left by name and file, where each side has exactly one: a moved line.
 * Several left of one name (minified code has many without any) are not guessed at: they are gone and new.
 */
function functionDifferences(
  before: readonly ReportFunction[],
  after: readonly ReportFunction[],
): FunctionDifference[] {
  const placeKey = (row: ReportFunction) => `${matchKey(row)}\n${row.line}\n${row.column}`;
  const afterAt = new Map(after.map((row) => [placeKey(row), row]));
  const places = new Set(before.map(placeKey));
  const differences = before.flatMap((row) => {
    const same = afterAt.get(placeKey(row));
    return same === undefined ? [] : [difference(row, same)];
  });
  const unmatched = before.filter((row) => !afterAt.has(placeKey(row)));
  const gone = Map.groupBy(unmatched, matchKey);
  const added = after.filter((row) => !places.has(placeKey(row)));
  const fresh = Map.groupBy(added, matchKey);
  for (const key of new Set([...gone.keys(), ...fresh.keys()])) {
    const [olds, news] = [gone.get(key) ?? [], fresh.get(key) ?? []];
    if (olds.length === 1 && news.length === 1) differences.push(difference(olds[0], news[0]));
    else {
      differences.push(...olds.map((row) => difference(row, undefined)));
      differences.push(...news.map((row) => difference(undefined, row)));
    }
  }
  return differences
    .filter((row) => row !== null)
    .sort((a, b) => Math.abs(b.selfDeltaMs.point) - Math.abs(a.selfDeltaMs.point));
}

function difference(
  before: ReportFunction | undefined,
  after: ReportFunction | undefined,
): FunctionDifference | null {
  const present = after ?? before;
  if (present === undefined) return null;
  const { name, file, line } = present;
  const [befores, afters] = [before?.selfRunsMs ?? [0], after?.selfRunsMs ?? [0]];
  const known = Math.max(befores.length, afters.length) > 1;
  return {
    name,
    file,
    line,
    // The range of all pairwise differences: with 3 runs a side it covers the shift at 90 %.
    selfDeltaMs: {
      point: (after?.selfMs ?? 0) - (before?.selfMs ?? 0),
      low: known ? Math.min(...afters) - Math.max(...befores) : null,
      high: known ? Math.max(...afters) - Math.min(...befores) : null,
    },
    totalDeltaMs: (after?.totalMs ?? 0) - (before?.totalMs ?? 0),
    calls: { before: before?.calls ?? null, after: after?.calls ?? null },
  };
}

function warningsOf(before: ProfileReport, after: ProfileReport, gain: Estimate): string[] {
  const differing = (what: string, read: (report: ProfileReport) => unknown): string[] => {
    const [left, right] = [JSON.stringify(read(before)), JSON.stringify(read(after))];
    return left === right ? [] : [`the two reports differ in ${what}: ${left} and ${right}`];
  };
  return [
    ...differing('job', (report) => report.job),
    ...differing('input', (report) => report.input),
    ...differing('Node version', (report) => report.environment.node),
    ...differing('machine', ({ environment: { cpu, cores, platform } }) => ({ cpu, cores, platform })),
    ...differing('output', (report) => report.output.sha256),
    'the two sides were measured at separate moments: a weaker claim than interleaved runs',
    ...(gain.confidenceLevel < 0.95
      ? [
          `the interval achieves ${(gain.confidenceLevel * 100).toFixed(1)} % confidence; --runs 4 on each side gives 97.1 %`,
        ]
      : []),
  ];
}
