import { type Random, shuffled } from '../base/random.ts';

/**
 * Orders of the sides, round after round, without end: each by chance and independent of all others.
 *
 * The coin of its own is what makes the signed-rank test exact: where the sides do not differ, whatever else disturbs the
 * two processes of a pair has either sign with one half. A coin for two pairs (ABBA) balances a steady drift, but raises
 * false alarms where disturbances come in bursts or periods.
 *
 * @returns indexes of the sides
 */
export function* randomOrders(sides: number, random: Random): Generator<readonly number[], never> {
  const indexes = [...Array(sides).keys()];
  for (;;) yield shuffled(indexes, random);
}
