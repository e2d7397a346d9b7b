/** A job of this repository's gate: the statistics of a bench of 60 pairs, resampling among them. */
import { normalFrom, seededRandom } from '../../src/base/random.ts';
import { bootstrapMedian } from '../../src/stats/bootstrap.ts';
import { hodgesLehmannPaired } from '../../src/stats/signed-rank.ts';

export function run({ repeats, seed }: { readonly repeats: number; readonly seed: number }) {
  const random = seededRandom(seed);
  return Array.from({ length: repeats }, () => {
    const values = Array.from({ length: 60 }, () => normalFrom(random));
    return [bootstrapMedian(values, 0.95), hodgesLehmannPaired(values)];
  });
}
