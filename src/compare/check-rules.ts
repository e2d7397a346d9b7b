import type { MetricName } from './bench-report.ts';

/** What a gate requires. Every limit is a ratio; null: not required. */
export interface CheckRules {
  /** Growth of the job's time, or of the metric that decides. */
  readonly maxSlowdown: number;
  /** Gain of `after` over `before`, both of this tree. */
  readonly minGain: number | null;
  /** Which metric decides about `maxSlowdown` and `minGain` of the whole job. */
  readonly metric: MetricName;
  /** Growth of the time before `run`: import and setup. */
  readonly maxImport: number | null;
  /** Growth of peak memory. */
  readonly maxMemory: number | null;
  /** Growth of the exact calls of any function of the job, and of all together. */
  readonly maxCalls: number | null;
  /** By a pattern of functions: growth of the time in them and all they call, and of their calls, summed. */
  readonly functions: Readonly<
    Record<string, { readonly maxSlowdown: number | null; readonly maxCalls: number | null }>
  >;
  /** By a package's name: the part of the sampled time spent in its own functions. */
  readonly packages: Readonly<Record<string, { readonly maxShare: number }>>;
}

/** No claim at a lower level. */
export const CHECK_CONFIDENCE = 0.95;
