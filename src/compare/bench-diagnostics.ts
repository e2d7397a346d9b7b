import { outliersOf } from '../stats/outliers.ts';
import { hodgesLehmannShift, rankSumPValue } from '../stats/shift.ts';
import { thinned } from '../stats/thinned.ts';
import { trendOf } from '../stats/trend.ts';
import type { BenchPair } from './bench-report.ts';

/** Such a warning appears by chance in one of a hundred quiet measurements. */
const LEVEL = 0.01;
/** Enough pairs that these tests can reach the level at all. */
const FEWEST_PAIRS = 8;
/** A trend takes time by the square of their number: it is sought among so many medians of neighbours. */
const TREND_VALUES = 100;

/** What the pairs themselves say of how far they can be trusted, each with its remedy. */
export function pairWarnings(pairs: readonly BenchPair[]): string[] {
  return [...positionWarning(pairs), ...driftWarning(pairs), ...outlierWarning(pairs)];
}

function positionWarning(pairs: readonly BenchPair[]): string[] {
  if (pairs.length < FEWEST_PAIRS) return [];
  const ratiosWhere = (first: BenchPair['first']) =>
    pairs.filter((pair) => pair.first === first).map(({ beforeMs, afterMs }) => Math.log(afterMs / beforeMs));
  const orders = { before: ratiosWhere('before'), after: ratiosWhere('after') };
  if (rankSumPValue(orders) >= LEVEL) return [];
  const effect = 100 * Math.expm1(Math.abs(hodgesLehmannShift(orders).point) / 2);
  return [
    `position: the side measured second differs by ${effect.toFixed(1)} % from itself measured first; ` +
      'the random order keeps it out of the gain, but the interval is wider for it. The machine may need a pause between runs, ' +
      'or may be heating up',
  ];
}

function driftWarning(pairs: readonly BenchPair[]): string[] {
  if (pairs.length < FEWEST_PAIRS) return [];
  const { pValue, total } = trendOf(
    thinned(
      pairs.map(({ beforeMs, afterMs }) => (Math.log(beforeMs) + Math.log(afterMs)) / 2),
      TREND_VALUES,
    ),
  );
  if (pValue >= LEVEL || Math.abs(total) < 0.01) return [];
  const change = 100 * Math.expm1(total);
  return [
    `drift: both sides became ${Math.abs(change).toFixed(1)} % ${change > 0 ? 'slower' : 'faster'} while measuring; ` +
      'pairs cancel it out of the gain, the times of the table do not. Let the machine settle, then measure again',
  ];
}

function outlierWarning(pairs: readonly BenchPair[]): string[] {
  if (pairs.length < FEWEST_PAIRS) return [];
  const far = outliersOf(pairs.map(({ beforeMs, afterMs }) => Math.log(afterMs / beforeMs)));
  if (far.length === 0) return [];
  return [
    `outliers: ${far.length} of ${pairs.length} pairs lie far from the rest; they are kept, but barely affect the ` +
      'estimate. Close other programs if there are many',
  ];
}
