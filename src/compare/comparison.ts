import type { Estimate } from '../stats/estimate.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import { type FunctionDifference, functionDifferences } from './function-differences.ts';
import type { ProfileReport } from './profile-report.ts';
import { gainOf, type Verdict, verdictOf } from './verdict.ts';

/** ln(Told/Tnew) = ln(Cold/Cnew) + ln(Pnew/Pold), with C the CPU time of all threads and P = C/T. */
export interface Split {
  readonly lessWorkLog: number;
  readonly moreCoresLog: number;
  readonly parallelism: { readonly before: number; readonly after: number };
}

export interface Comparison {
  readonly schemaVersion: 1;
  readonly kind: 'comparison';
  readonly before: Side;
  readonly after: Side;
  readonly gainRatio: Estimate;
  readonly verdict: Verdict;
  /** null where the CPU time of a side is too little to be measured. */
  readonly split: Split | null;
  readonly outputsEqual: boolean;
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
    verdict: verdictOf(gainRatio, { toleranceRatio, remedy: 'more timing runs on each side: --runs 10' }),
    split: splitOf(before.report, after.report),
    outputsEqual: before.report.output.sha256 === after.report.output.sha256,
    functions: functionDifferences(before.report.functions, after.report.functions),
    warnings: warningsOf(before.report, after.report, gainRatio),
  };
}

function sideOf({ file, report }: ComparedReport): Side {
  const { implementation, timing, totalCalls, threads } = report;
  const { wallMs, cpuMs, peakRssBytes } = timing;
  return { implementation, file, wallMs, cpuMs, peakRssBytes, totalCalls, threads: threads.length };
}

function splitOf(before: ProfileReport, after: ProfileReport): Split | null {
  if (before.timing.cpuMs.point <= 0 || after.timing.cpuMs.point <= 0) return null;
  const parallelism = (report: ProfileReport) => report.timing.cpuMs.point / report.timing.wallMs.point;
  return {
    lessWorkLog: Math.log(before.timing.cpuMs.point / after.timing.cpuMs.point),
    moreCoresLog: Math.log(parallelism(after) / parallelism(before)),
    parallelism: { before: parallelism(before), after: parallelism(after) },
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
    ...(before.output.sha256 === after.output.sha256
      ? []
      : [
          `the two outputs differ: ${before.output.sizeBytes} and ${after.output.sizeBytes} bytes, ` +
            `sha256 ${before.output.sha256.slice(0, 12)}… and ${after.output.sha256.slice(0, 12)}…`,
        ]),
    'the two sides were measured at separate moments: a weaker claim than interleaved runs',
    ...confidenceWarning(gain),
  ];
}

function confidenceWarning({ confidenceLevel }: Estimate): string[] {
  if (confidenceLevel >= 0.95) return [];
  const found =
    confidenceLevel === 0
      ? 'one timing run on each side shows no spread'
      : `the interval achieves ${(confidenceLevel * 100).toFixed(1)} % confidence`;
  return [`${found}; --runs 4 on each side gives 97.1 %`];
}
