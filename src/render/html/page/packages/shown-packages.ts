import type { Comparison } from '../../../../compare/comparison.ts';
import { isNoise } from '../../../../compare/function-differences.ts';
import type { BothSides } from '../../model.ts';

/** A package as its row shows it. */
export interface ShownPackage {
  readonly name: string;
  readonly ms: BothSides<number>;
  /** What all sampling runs allow; null where one a side shows no spread. */
  readonly low: number | null;
  readonly high: number | null;
  readonly noise: boolean;
}

/** As the report's JSON has them. */
export function reportedPackages({ packages }: Comparison): ShownPackage[] {
  return packages.map(({ name, beforeMs, afterMs, deltaMs }) => {
    const known = deltaMs.confidenceLevel > 0;
    return {
      name,
      ms: { before: beforeMs, after: afterMs },
      low: known ? deltaMs.low : null,
      high: known ? deltaMs.high : null,
      noise: known && isNoise(deltaMs),
    };
  });
}
