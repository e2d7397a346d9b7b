import { assertNever } from '../base/assert-never.ts';
import { percentFigure } from '../base/percent.ts';
import type { Estimate } from '../stats/estimate.ts';

export type Verdict =
  | { readonly kind: 'faster' }
  | { readonly kind: 'slower' }
  | { readonly kind: 'unchanged'; readonly toleranceRatio: number }
  | {
      readonly kind: 'inconclusive';
      readonly remedy: string;
      /** What stands against a claim, such as sides that did not do the same work, or work that the optimiser removed. */
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

/** An estimate at the level that holds over all looks, where its own look had a higher one. */
export function overAllLooks(estimate: Estimate, asked: { readonly confidenceLevel: number }): Estimate {
  return { ...estimate, confidenceLevel: Math.min(estimate.confidenceLevel, asked.confidenceLevel) };
}

/**
 * A claim needs the whole interval beyond the tolerance.
 *
 * @param gainRatio (old − new) / old with its interval
 * @param remedy what would decide it, if nothing can be claimed
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

/** A ratio as a percentage to two decimals, without trailing zeros: 0.02 is `2 %`. */
export function percentWords(ratio: number): string {
  return `${Number(percentFigure(ratio, 2))} %`;
}

/** In words, of the implementation that comes after. */
export function describeVerdict(verdict: Verdict, after: string): string {
  switch (verdict.kind) {
    case 'faster':
    case 'slower':
      return `${after} is ${verdict.kind}`;
    case 'unchanged':
      return `${after} is as fast, within ${percentWords(verdict.toleranceRatio)}`;
    case 'inconclusive':
      return `inconclusive\nTo decide: ${verdict.remedy}`;
    default:
      return assertNever(verdict);
  }
}
