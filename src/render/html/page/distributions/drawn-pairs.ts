import type { BenchPair } from '../../../../compare/bench-report.ts';

/** More marks than that are neither seen apart nor drawn in time. */
const MOST_DRAWN = 500;

/** A pair, and which one it was, from 1. */
export interface DrawnPair extends BenchPair {
  readonly number: number;
}

/** The pairs that are drawn: all of them, or of very many some, evenly spaced over the measurement. */
export function drawnPairs(pairs: readonly BenchPair[]): DrawnPair[] {
  const drawn = Math.min(pairs.length, MOST_DRAWN);
  return Array.from({ length: drawn }, (_, index) => Math.floor((index * pairs.length) / drawn)).flatMap(
    (at) => {
      const pair = pairs[at];
      return pair === undefined ? [] : { ...pair, number: at + 1 };
    },
  );
}
