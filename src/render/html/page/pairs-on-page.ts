import type { BenchMode, BenchReport, BenchResult } from '../../../compare/bench-report.ts';
import { overAllLooks } from '../../../compare/verdict.ts';
import type { Figures } from './embedded.ts';

/** The pairs of the two sides that the page compares, in one mode. */
export interface PairsShown extends BenchResult {
  readonly mode: BenchMode;
}

/** Those that the gain is of first, their gains at the level that holds over all looks; none without a bench. */
export function pairsOnPage({ bench, comparison }: Figures): PairsShown[] {
  if (bench === null) return [];
  return shownOf(bench, comparison.after.implementation).map((shown) => ({
    ...shown,
    gainRatio: overAllLooks(shown.gainRatio, bench),
  }));
}

function shownOf(bench: BenchReport, side: string): PairsShown[] {
  if ('comparisons' in bench) {
    const own = bench.comparisons.find(({ after }) => after === side);
    return own === undefined ? [] : [{ ...own, mode: bench.mode }];
  }
  if (!('modes' in bench)) return [bench];
  const { cold, steady } = bench.modes;
  return [
    { ...cold, mode: 'cold' },
    { ...steady, mode: 'steady' },
  ];
}
