import type { BenchMode, BenchResult } from '../../../compare/bench-report.ts';
import type { Figures } from './embedded.ts';

/** The pairs of the two sides that the page compares, in one mode. */
export interface PairsShown extends BenchResult {
  readonly mode: BenchMode;
}

/** Those that the gain is of first; none without a bench. */
export function pairsOnPage({ bench, comparison }: Figures): PairsShown[] {
  if (bench === null) return [];
  if ('comparisons' in bench) {
    const own = bench.comparisons.find(({ after }) => after === comparison.after.implementation);
    return own === undefined ? [] : [{ ...own, mode: bench.mode }];
  }
  if (!('modes' in bench)) return [bench];
  const { cold, steady } = bench.modes;
  return [
    { ...cold, mode: 'cold' },
    { ...steady, mode: 'steady' },
  ];
}
