import type { TwoSamples } from './shift.ts';
import { meanRanks } from './signed-rank.ts';

/**
 * One-sided p-value that `after` is no larger than `before`: the rank-sum test, exact given the ties (Hollander, Wolfe &
 * Chicken, Nonparametric Statistical Methods, 4.1: conditional distribution of the rank sum).
 *
 * All assignments of the mean ranks to the two samples are equally likely; counted is the share whose sum of `after` is
 * at least the one observed.
 *
 * @param samples of up to about 30 values together
 * @returns 1 if a sample is empty
 */
export function rankSumUpperPValue({ before, after }: TwoSamples): number {
  // Mean ranks are halves, so that doubled ones are whole.
  const doubled = meanRanks([...after, ...before]).map((rank) => 2 * rank);
  const observed = doubled.slice(0, after.length).reduce((sum, rank) => sum + rank, 0);
  // By the number of ranks taken: how many choices have each sum.
  const choices = Array.from({ length: after.length + 1 }, () => new Map<number, number>());
  choices[0]?.set(0, 1);
  for (const rank of doubled) {
    for (let taken = after.length; taken >= 1; taken -= 1) {
      const into = choices[taken];
      for (const [sum, count] of choices[taken - 1] ?? [])
        into?.set(sum + rank, (into.get(sum + rank) ?? 0) + count);
    }
  }
  const all = [...(choices[after.length] ?? [])];
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  const atLeast = all.reduce((sum, [value, count]) => sum + (value >= observed ? count : 0), 0);
  return atLeast / total;
}

/** The probability that all of `after` exceed all of `before` by chance: 1 / C(m + n, n), less with ties. */
export function separationPValue(beforeCount: number, afterCount: number): number {
  let p = 1;
  for (let index = 1; index <= afterCount; index += 1) p *= index / (beforeCount + index);
  return p;
}
