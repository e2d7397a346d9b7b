import type { Estimate } from '../stats/estimate.ts';
import type { Environment } from './profile-report.ts';

export type RuleVerdict = 'pass' | 'fail' | 'inconclusive';

/** One demand, and what was found. */
export interface CheckedRule {
  readonly name: 'maxSlowdown' | 'minGain';
  /** Which implementation against which. */
  readonly subject: string;
  readonly verdict: RuleVerdict;
  /** Of the first, a ratio: a slowdown for maxSlowdown, a gain for minGain. */
  readonly measured: Estimate;
  readonly limit: number;
  readonly pairs: number;
  /** Whether a suspicion was measured again with fresh pairs. */
  readonly measuredAgain: boolean;
  /** The bench that it was read from. */
  readonly file: string;
}

export interface CheckReport {
  readonly schemaVersion: 1;
  readonly kind: 'check';
  readonly job: string;
  readonly startedAt: string;
  readonly environment: Environment;
  readonly input: Readonly<Record<string, unknown>>;
  /** What this tree is compared with; null where no rule asks for it. */
  readonly against: { readonly name: string; readonly commit: string } | null;
  readonly uncommittedChanges: boolean;
  readonly verdict: { readonly kind: RuleVerdict };
  readonly rules: readonly CheckedRule[];
  /** What measures the same again here. */
  readonly command: string;
  readonly warnings: readonly string[];
}

/** So much more time than before, as an estimate; a slowdown is the gain turned round. */
export function slowdownOf({ point, low, high, confidenceLevel }: Estimate): Estimate {
  return { point: -point, low: -high, high: -low, confidenceLevel };
}

/** A build is failed only for what is shown: the whole interval beyond the limit. */
export function judgeSlowdown(slowdown: Estimate, limit: number): RuleVerdict {
  if (slowdown.confidenceLevel === 0) return 'inconclusive';
  if (slowdown.low > limit) return 'fail';
  return slowdown.high <= limit ? 'pass' : 'inconclusive';
}

export function judgeGain(gain: Estimate, least: number): RuleVerdict {
  if (gain.confidenceLevel === 0) return 'inconclusive';
  if (gain.high < least) return 'fail';
  return gain.low >= least ? 'pass' : 'inconclusive';
}

/** The worst of all: one failure fails, else one that is not known leaves it open. */
export function verdictOfAll(rules: readonly CheckedRule[]): RuleVerdict {
  const verdicts = rules.map(({ verdict }) => verdict);
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('inconclusive') ? 'inconclusive' : 'pass';
}
