import type { Estimate } from '../stats/estimate.ts';
import type { Environment } from './profile-report.ts';
import type { Verdict } from './verdict.ts';
import type { MainThread } from './waiting.ts';

export type BenchMode = 'cold' | 'steady';

/** What an observation yields, and what a verdict can be given on. */
export const METRIC_NAMES = ['wall', 'cpu', 'memory'] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/** What is asked for over all looks, unless stated otherwise. */
export const DEFAULT_CONFIDENCE = 0.95;

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
  /** How long the import of the entry and `setup` took, before `run`; not there in reports of earlier versions. */
  readonly beforeImportMs?: number | undefined;
  readonly afterImportMs?: number | undefined;
  readonly beforeSetupMs?: number | undefined;
  readonly afterSetupMs?: number | undefined;
  /** null where the system does not tell, and in the steady mode. */
  readonly beforeMainThread?: MainThread | null;
  readonly afterMainThread?: MainThread | null;
}

export interface Both<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** One metric of one side against another. */
export interface MetricResult {
  readonly unit: 'ms' | 'bytes';
  readonly better: 'lower';
  /** Medians. */
  readonly before: Estimate;
  readonly after: Estimate;
  /** (before − after) / before of a pair; its level is that of this look. null if a value is 0, too small to be measured. */
  readonly gainRatio: Estimate | null;
  /** 1 − mean(after) / mean(before); null where `gainRatio` is. */
  readonly meanGainRatio: number | null;
  /** `faster` is less of it, `slower` more. */
  readonly verdict: Verdict;
  /** About how many more pairs would settle an inconclusive verdict; null if it is settled, or no number would. */
  readonly pairsToSettle: number | null;
}

/** One side against another in one mode. */
export interface BenchResult {
  /** Of wall time. */
  readonly gainRatio: Estimate;
  /** Of the metric that decides: the report's `metric`. */
  readonly verdict: Verdict;
  readonly pairs: readonly BenchPair[];
  readonly wallMs: Both<Estimate>;
  /** User and system time of all threads during one run; in the steady mode, of its first. */
  readonly cpuMs: Both<Estimate>;
  readonly peakRssBytes: Both<Estimate>;
  /** What CPU time and memory were saved, as `gainRatio` is of time; null where one of them was too little to be measured. */
  readonly cpuGainRatio: Estimate | null;
  readonly peakRssGainRatio: Estimate;
  /** The gain of wall time by the means, 1 − mean(after) / mean(before). */
  readonly meanGainRatio: number;
  /** Each metric with its own verdict; the level holds for each one alone, not for all of them together. */
  readonly metrics: Readonly<Record<MetricName, MetricResult>>;
  /** The gain of wall time by resampling, as a cross-check. */
  readonly bootstrapGainRatio: Estimate;
  /** Of the metric that decides. */
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
  /** Which metric decides: it gives `verdict`, and its verdict ends the measurement. */
  readonly metric: MetricName;
  /** What was asked for over all looks and comparisons; an estimate has the level of its own look. */
  readonly confidenceLevel: number;
  readonly before: string;
  /** Whether times and CPU times are from the first line of the import to the end of `run`; else they are of `run` alone. */
  readonly includesImport?: boolean | undefined;
  readonly outputsEqual: boolean;
  readonly stoppedBy: StopReason;
  readonly elapsedMs: number;
  /** In the steady mode, the shortest time that the clock can show: the median over all processes. */
  readonly clockFloorNs?: number;
  /** Why this mode, if nobody asked for one and it is not `cold`. */
  readonly modeNote?: string;
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
