import type { Estimate } from '../stats/estimate.ts';
import type { Environment } from './profile-report.ts';
import type { Verdict } from './verdict.ts';
import type { MainThread } from './waiting.ts';

export type BenchMode = 'cold' | 'steady';

/** What one fresh process measured. */
export interface Measurement {
  /** Of `run`: its only call, or the middle of those in the steady state. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  /** Of the cold run; null where the system does not tell. */
  readonly mainThread?: MainThread | null;
}

/** Two fresh processes, one after the other: the unit that is counted. */
export interface BenchPair {
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly first: 'before' | 'after';
  readonly beforeCpuMs: number;
  readonly afterCpuMs: number;
  readonly beforePeakRssBytes: number;
  readonly afterPeakRssBytes: number;
  /** null where the system does not tell, and in the steady mode. */
  readonly beforeMainThread?: MainThread | null;
  readonly afterMainThread?: MainThread | null;
}

export interface Both<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** One side against another in one mode. */
export interface BenchResult {
  readonly gainRatio: Estimate;
  readonly verdict: Verdict;
  readonly pairs: readonly BenchPair[];
  readonly wallMs: Both<Estimate>;
  /** User and system time of all threads during one run; in the steady mode, of its first. */
  readonly cpuMs: Both<Estimate>;
  readonly peakRssBytes: Both<Estimate>;
  /** What CPU time and memory were saved, as `gainRatio` is of time; null where one of them was too little to be measured. */
  readonly cpuGainRatio: Estimate | null;
  readonly peakRssGainRatio: Estimate;
  /** The same gain by resampling, as a cross-check. */
  readonly bootstrapGainRatio: Estimate;
  /** More pairs that would about settle an inconclusive verdict; null where it is settled, or none would. */
  readonly pairsToSettle: number | null;
  readonly warnings: readonly string[];
}

export interface BenchHeader {
  readonly schemaVersion: 1;
  readonly kind: 'bench';
  readonly job: string;
  readonly startedAt: string;
  readonly environment: Environment;
  readonly input: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly toleranceRatio: number;
  readonly before: string;
  readonly outputsEqual: boolean;
  readonly stoppedBy: StopReason;
  readonly elapsedMs: number;
}

/** Why measuring ended. */
export type StopReason = 'settled' | 'pairs' | 'budget' | 'interrupted' | 'failed' | 'running';

/** What `outpace bench` stores and prints. */
export type BenchReport = BenchHeader &
  (
    | ({ readonly after: string; readonly mode: BenchMode } & BenchResult)
    | {
        readonly after: string;
        readonly mode: 'both';
        readonly modes: Readonly<Record<BenchMode, BenchResult>>;
        readonly warnings: readonly string[];
      }
    | {
        readonly mode: BenchMode;
        /** Each against `before`, with Holm's correction for their number. */
        readonly comparisons: readonly ({ readonly after: string } & BenchResult)[];
        readonly warnings: readonly string[];
      }
  );
