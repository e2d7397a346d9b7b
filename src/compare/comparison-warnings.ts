/** What two stored reports say of how far their comparison can be trusted. */
import type { Estimate } from '../stats/estimate.ts';
import type { FunctionDifference } from './function-differences.ts';
import { type MadeOutput, type OutputRule, outputsEqual } from './mismatches.ts';
import type { ProfileReport } from './profile-report.ts';

export function environmentWarnings(before: ProfileReport, after: ProfileReport): string[] {
  const differing = (what: string, read: (report: ProfileReport) => unknown): string[] => {
    const [left, right] = [JSON.stringify(read(before)), JSON.stringify(read(after))];
    return left === right ? [] : [`the two reports differ in ${what}: ${left} and ${right}`];
  };
  return [
    ...differing('Node version', (report) => report.environment.node),
    ...differing('machine', ({ environment: { cpu, cores, platform } }) => ({ cpu, cores, platform })),
  ];
}

/** What the times are of, where it is not `run` alone. */
export function importWarnings(
  { timing: before }: ProfileReport,
  { timing: after }: ProfileReport,
): string[] {
  if (before.includesImport !== after.includesImport)
    return [
      'only one of the two reports includes the import in its times: measure both with --include-import, or neither',
    ];
  return before.includesImport === true
    ? ['times are from the first line of the import to the end of run; samples and calls are of run alone']
    : [];
}

/** Of outputs that are no mismatch, though their hashes differ. */
export function outputWarnings(before: MadeOutput, after: MadeOutput, rule: OutputRule): string[] {
  if (outputsEqual(before, after, 'same hash') !== false) return [];
  const hashes =
    `${before.sizeBytes} and ${after.sizeBytes} bytes, ` +
    `sha256 ${before.sha256.slice(0, 12)}… and ${after.sha256.slice(0, 12)}…`;
  if (rule === 'may differ') return [`the two outputs differ: ${hashes}`];
  if (rule !== 'own equal') return [];
  return [
    `whether the outputs are equal is not known: ${hashes}; outpace bench asks the equal() of the config`,
  ];
}

/** Below it, which function is which changes no conclusion. */
const NOTABLE_SHARE = 0.01;

/** Functions without a name of their own, such as callbacks in minified code, may be told apart by nothing. */
export function ambiguityWarning(functions: readonly FunctionDifference[]): string[] {
  const spentMs = (rows: readonly FunctionDifference[]) =>
    rows.reduce((sum, { selfMs }) => sum + selfMs.before + selfMs.after, 0);
  const ambiguous = functions.filter((row) => row.ambiguous);
  if (spentMs(ambiguous) <= NOTABLE_SHARE * spentMs(functions)) return [];
  return [
    `${ambiguous.length} functions share their name with others in the same file, and nothing tells which is which: they are listed as gone and as new`,
  ];
}

/** Neither import nor setup is part of a run, so what moves there would be gained or lost unseen. */
const NOTABLE_DIFFERENCE_MS = 20;

export function preparationWarning(before: ProfileReport, after: ProfileReport): string[] {
  const [left, right] = [preparationMs(before), preparationMs(after)];
  if (Math.abs(left - right) < Math.max(NOTABLE_DIFFERENCE_MS, 0.2 * Math.max(left, right))) return [];
  return [
    `import and setup take ${left.toFixed(0)} ms before and ${right.toFixed(0)} ms after, which the gain leaves out: ` +
      'a process that runs the job once pays it too',
  ];
}

function preparationMs({ timing }: ProfileReport): number {
  return timing.importMs.point + timing.setupMs.point;
}

export function unpairedWarnings({ confidenceLevel }: Estimate, marginRatio: number): string[] {
  const weaker =
    `the two sides were measured in separate sessions, which alone may differ by ${percentOf(marginRatio)} %: ` +
    'only a larger difference is claimed';
  if (confidenceLevel >= 0.95) return [weaker];
  const found =
    confidenceLevel === 0
      ? 'one timing run on each side shows no spread'
      : `the interval achieves ${(confidenceLevel * 100).toFixed(1)} % confidence`;
  return [weaker, `${found}; --runs 4 on each side gives 97.1 %`];
}

function percentOf(ratio: number): number {
  return Math.round(1000 * ratio) / 10;
}
