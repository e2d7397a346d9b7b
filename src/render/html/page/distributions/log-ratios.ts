import type { BenchPair } from '../../../../compare/bench-report.ts';

/** What the gain is estimated from: of each pair the log of the time after over that before. */
export function logsOf(pairs: readonly BenchPair[]): number[] {
  return pairs.map(({ beforeMs, afterMs }) => Math.log(afterMs / beforeMs));
}

/** 1 − e^θ. */
export function logToGain(log: number): number {
  return -Math.expm1(log);
}

export function gainToLog(gainRatio: number): number {
  return Math.log1p(-gainRatio);
}

export function shortLog(log: number): string {
  return log.toFixed(4);
}
