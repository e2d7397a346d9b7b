import type { Estimate } from '../stats/estimate.ts';
import type { MetricName } from './bench-report.ts';
import type { FunctionDifference } from './function-differences.ts';
import type { Environment } from './profile-report.ts';

export type RuleVerdict = 'pass' | 'fail' | 'inconclusive';

/** What can be demanded. A growth and a slowdown are (after − before) / before. */
export type RuleName =
  /** The same output as before. */
  | 'sameOutput'
  /** Growth of time. */
  | 'maxSlowdown'
  /** Gain of `after` over `before`, both of this tree. */
  | 'minGain'
  /** Growth of exact call counts. */
  | 'maxCalls'
  /** Growth of peak memory. */
  | 'maxMemory'
  /** Growth of the time before `run`: import and setup together. */
  | 'maxImport'
  /** The part of the sampled time, waiting for events left out, that is spent in one package's functions. */
  | 'maxShare';

/** One demand, and what was found. */
export interface CheckedRule {
  readonly name: RuleName;
  /** The functions that it is about (a pattern of the settings), or the package; null: the whole job. */
  readonly pattern: string | null;
  /** Which implementation against which, such as `new against new@1a2b3c4d`. */
  readonly subject: string;
  /** Of `maxSlowdown` and `minGain` of the whole job: what decides; wall time where it is not there. */
  readonly metric?: MetricName | undefined;
  readonly verdict: RuleVerdict;
  /** A ratio; its confidenceLevel is 1 for what is counted, not measured. null: nothing to measure, `why` says what. */
  readonly measured: Estimate | null;
  /** A ratio. */
  readonly limit: number;
  /** What `measured` is of, in absolute figures; null where it is of none. */
  readonly figures: {
    readonly unit: 'ms' | 'calls' | 'bytes' | 'ratio';
    readonly before: number;
    readonly after: number;
  } | null;
  /** Measured pairs or runs a side; 0 where nothing was repeated. */
  readonly pairs: number;
  /** Whether a suspicion was measured again with fresh runs. */
  readonly measuredAgain: boolean;
  /** False where machine, Node or settings forbid it to fail a build; then a breach is inconclusive. */
  readonly mayFail: boolean;
  /** Of a maxCalls that failed for the whole job: whether one function's calls grew beyond the limit, or only all together. */
  readonly grown?: 'function' | 'total';
  /** In words: why it is inconclusive or may not fail, where outputs differ, or which calls grew; null where nothing need be said. */
  readonly why: string | null;
  /** The stored measurement that it was read from; null where there is none. */
  readonly file: string | null;
}

/** One reason for a failure, the largest first: a function that costs more than before. */
export interface Cause extends FunctionDifference {
  /** As `originOf` names it. */
  readonly origin: string;
  readonly reason: 'new' | 'more calls' | 'more time a call' | 'more time';
}

/** What this tree is compared with, where that is a stored file. */
export interface BaselineUsed {
  readonly file: string;
  /** How machine, Node or input differ from the baseline's, in words; empty: not at all. */
  readonly differences: readonly string[];
}

/** How the other commit's tree got its packages, and why so. */
export interface DependenciesUsed {
  readonly choice: 'none' | 'shared' | 'installed' | 'production';
  readonly why: string;
}

/** Whose implementation is run with the other commit's sources. */
export const IMPLEMENTATIONS_FROM = ['other-commit', 'this-tree'] as const;
export type ImplementationFrom = (typeof IMPLEMENTATIONS_FROM)[number];

export interface CheckReport {
  readonly schemaVersion: 1;
  readonly kind: 'check';
  readonly job: string;
  readonly startedAt: string;
  readonly environment: Environment;
  readonly input: Readonly<Record<string, unknown>>;
  /** The commit that this tree is compared with; null where there is none. */
  readonly against: { readonly name: string; readonly commit: string } | null;
  readonly baseline: BaselineUsed | null;
  /** null where no other commit was run. */
  readonly dependencies: DependenciesUsed | null;
  readonly implementationFrom: ImplementationFrom | null;
  /** Whether the times of the whole job are from the first line of the import to the end of `run`. */
  readonly includesImport?: boolean | undefined;
  readonly uncommittedChanges: boolean;
  /** Those that can affect the result, from the project's folder. */
  readonly uncommittedFiles: readonly string[];
  readonly verdict: { readonly kind: RuleVerdict };
  readonly rules: readonly CheckedRule[];
  /** Empty unless something failed that functions can explain. */
  readonly causes: readonly Cause[];
  /** The largest probability that a build is failed though every rule holds, from all measured rules; null: nothing was measured. */
  readonly falseAlarmRate: number | null;
  /** What measures the same again here. */
  readonly command: string;
  readonly warnings: readonly string[];
}

/** So much more time than before, as an estimate; a slowdown is the gain turned round. */
export function slowdownOf({ point, low, high, confidenceLevel }: Estimate): Estimate {
  return { point: -point, low: -high, high: -low, confidenceLevel };
}

/** Of what must stay below a limit: a build is failed only for what is shown, the whole interval beyond the limit. */
export function judgeAtMost(measured: Estimate, limit: number): RuleVerdict {
  if (measured.confidenceLevel === 0) return 'inconclusive';
  if (measured.low > limit) return 'fail';
  return measured.high <= limit ? 'pass' : 'inconclusive';
}

/** Of what must reach a limit. */
export function judgeAtLeast(measured: Estimate, least: number): RuleVerdict {
  if (measured.confidenceLevel === 0) return 'inconclusive';
  if (measured.high < least) return 'fail';
  return measured.low >= least ? 'pass' : 'inconclusive';
}

/** The worst of all: one failure fails, else one that is not known leaves it open. */
export function verdictOfAll(rules: readonly CheckedRule[]): RuleVerdict {
  const verdicts = rules.map(({ verdict }) => verdict);
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('inconclusive') ? 'inconclusive' : 'pass';
}
