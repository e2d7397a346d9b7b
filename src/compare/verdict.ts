import { assertNever } from '../base/assert-never.ts';
import type { Estimate } from '../stats/estimate.ts';

export type Verdict =
  | { readonly kind: 'faster' }
  | { readonly kind: 'slower' }
  | { readonly kind: 'unchanged'; readonly toleranceRatio: number }
  | {
      readonly kind: 'inconclusive';
      readonly remedy: string;
      /** Where the two sides did not do the same work: what differs. */
      readonly reason?: string;
    };

/** 1 − e^θ; a smaller θ is a larger gain, so the endpoints change places. */
export function gainOf(logRatio: Estimate): Estimate {
  return {
    point: -Math.expm1(logRatio.point),
    low: -Math.expm1(logRatio.high),
    high: -Math.expm1(logRatio.low),
    confidenceLevel: logRatio.confidenceLevel,
  };
}

/**
 * A claim needs the whole interval beyond the tolerance.
 *
 * @param gainRatio (old − new) / old with its interval
 * @param remedy what to do where nothing can be claimed
 */
export function verdictOf(
  { low, high, confidenceLevel }: Estimate,
  { toleranceRatio, remedy }: { readonly toleranceRatio: number; readonly remedy: string },
): Verdict {
  if (confidenceLevel === 0) return { kind: 'inconclusive', remedy };
  if (low > toleranceRatio) return { kind: 'faster' };
  if (high < -toleranceRatio) return { kind: 'slower' };
  if (low >= -toleranceRatio && high <= toleranceRatio) return { kind: 'unchanged', toleranceRatio };
  return { kind: 'inconclusive', remedy };
}

/** In words, of the implementation that comes after. */
export function describeVerdict(verdict: Verdict, after: string): string {
  switch (verdict.kind) {
    case 'faster':
    case 'slower':
      return `${after} is ${verdict.kind}`;
    case 'unchanged':
      return `${after} is as fast, within ${verdict.toleranceRatio * 100} %`;
    case 'inconclusive':
      return `inconclusive\nWhat would settle it: ${verdict.remedy}`;
    default:
      return assertNever(verdict);
  }
}
