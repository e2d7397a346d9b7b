/** The package's public entry: what the command line does, as functions. */
export {
  type BenchOptions,
  bench,
  type CalibrateOptions,
  calibrate,
  type StoredBench,
  type StoredNoise,
} from './api/bench.ts';
export { type CheckOptions, check, type StoredCheck, updateBaseline } from './api/check.ts';
export { type CompareOptions, compare } from './api/compare.ts';
export {
  type ExportOptions,
  exportFoldedDifference,
  exportRun,
  type FoldedDifferenceOptions,
} from './api/export.ts';
export { type Gain, type GainOptions, gain } from './api/gain.ts';
export { type HistoryOptions, history } from './api/history.ts';
export type {
  MeasuringOptions,
  ProgressEvent,
  ProjectOptions,
  RunningOptions,
  StoredSidesOptions,
} from './api/options.ts';
export { type ProfileOptions, profile, type StoredProfile } from './api/profile.ts';
export { type Report, report } from './api/report.ts';
export { type RunOptions, run } from './api/run.ts';
export { type ScaleOptions, scale } from './api/scale.ts';
export { clinic, flame, type ToolOptions } from './api/tools.ts';
export { OutpaceError, type OutpaceErrorCode } from './base/errors.ts';
export type { BenchReport, BenchResult, MetricName, MetricResult } from './compare/bench-report.ts';
export type { CheckReport } from './compare/check-report.ts';
export type { Comparison } from './compare/comparison.ts';
export type { HistoryReport } from './compare/history.ts';
export type { NoiseReport } from './compare/noise-report.ts';
export type { OnceReport } from './compare/once-report.ts';
export type { ProfileReport } from './compare/profile-report.ts';
export type { ScaleReport } from './compare/scale-report.ts';
export { defineConfig } from './define-config.ts';
export { efficiencyGain } from './stats/efficiency-gain.ts';
export type { Estimate } from './stats/estimate.ts';
