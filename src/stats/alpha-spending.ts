import { normalDensity, normalSurvival, normalUpperQuantile } from './normal.ts';

/** How much of the error that is allowed in all may have been spent when a fraction of the information is in. */
export type Spending = (fraction: number, alpha: number) => number;

/** Much of it early, for a person who waits: α·ln(1 + (e − 1)·t) (Lan & DeMets 1983). */
export const pocockSpending: Spending = (fraction, alpha) =>
  alpha * Math.log1p((Math.E - 1) * Math.min(1, fraction));

/** Most of it late, for CI, two-sided: 4·(1 − Φ(z(α/4)/√t)) (Lan & DeMets 1983, as gsDesign and ldbounds have it). */
export const obrienFlemingSpending: Spending = (fraction, alpha) =>
  Math.min(alpha, 4 * normalSurvival(normalUpperQuantile(alpha / 4) / Math.sqrt(Math.min(1, fraction))));

/** One look at data that are still coming in. */
export interface Look {
  /** Any measure of information, such as the number of pairs; grows from look to look. */
  readonly information: number;
  /** The probability of a false alarm at this look or before, two-sided. */
  readonly spent: number;
}

/** Points of the density between the bounds; Simpson's rule on them is exact to 6 digits and more. */
const GRID_STEPS = 160;

/**
 * The two-sided level that each look is tested at, so that all looks together err no more often than is spent.
 *
 * The statistic is a Brownian motion over information. Its density among what was not stopped is carried from look
 * to look by numerical integration (Armitage, McPherson & Rowe 1969; Jennison & Turnbull, Group Sequential Methods, 19).
 *
 * @returns one level a look, in (0, 1); 0 where a look has nothing to spend
 * @throws RangeError where information does not grow, or less was spent than before
 */
export function lookLevels(looks: readonly Look[]): number[] {
  let past = NO_LOOK_YET;
  return looks.map((look) => {
    const { level, bound } = levelOf(past, look);
    past = afterLook(past, look, bound);
    return level;
  });
}

/** What the looks so far have left of the statistic's distribution. */
export interface PastLooks {
  readonly last: Look;
  readonly density: Density;
}

/** The bound of the statistic at a look, and the two-sided level that it is; the same restrictions as `lookLevels`. */
export function levelOf({ last, density }: PastLooks, look: Look): { level: number; bound: number } {
  if (!(look.information > last.information && look.spent >= last.spent && look.spent < 1))
    throw new RangeError('looks must be in order of information and of what was spent');
  const spend = look.spent - last.spent;
  if (spend === 0) return { level: 0, bound: Number.POSITIVE_INFINITY };
  const bound = boundFor(density, Math.sqrt(look.information - last.information), spend);
  return { level: 2 * normalSurvival(bound / Math.sqrt(look.information)), bound };
}

/** The state after a look that was not the last. */
export function afterLook({ last, density }: PastLooks, look: Look, bound: number): PastLooks {
  const deviation = Math.sqrt(look.information - last.information);
  // Nine standard deviations hold all but 10^−18 of it.
  const edge = Math.min(bound, 9 * Math.sqrt(look.information));
  return { last: look, density: carried(density, deviation, edge) };
}

/** Weights of the statistic's values among what has not been stopped; they sum to its probability. */
interface Density {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Before the first look, the statistic is 0. */
export const NO_LOOK_YET: PastLooks = {
  last: { information: 0, spent: 0 },
  density: { values: Float64Array.of(0), weights: Float64Array.of(1) },
};

/** The bound that is crossed, either way, with the probability to be spent; by bisection. */
function boundFor(before: Density, deviation: number, spend: number): number {
  let [low, high] = [0, 60 * deviation + Math.abs(before.values[0] ?? 0)];
  for (let step = 0; step < 46; step += 1) {
    const middle = (low + high) / 2;
    if (crossing(before, deviation, middle) > spend) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function crossing({ values, weights }: Density, deviation: number, bound: number): number {
  return values.reduce((sum, value, index) => {
    const above = normalSurvival((bound - value) / deviation);
    const below = normalSurvival((bound + value) / deviation);
    return sum + (weights[index] ?? 0) * (above + below);
  }, 0);
}

/** The density after the next step, between −bound and bound, on a grid for Simpson's rule. */
function carried(before: Density, deviation: number, bound: number): Density {
  const step = (2 * bound) / GRID_STEPS;
  const values = Float64Array.from({ length: GRID_STEPS + 1 }, (_, index) => -bound + index * step);
  const weights = values.map((value, index) => {
    const simpson = index === 0 || index === GRID_STEPS ? 1 : index % 2 === 1 ? 4 : 2;
    const height = before.values.reduce(
      (sum, from, at) => sum + (before.weights[at] ?? 0) * normalDensity((value - from) / deviation),
      0,
    );
    return (simpson * step * height) / (3 * deviation);
  });
  return { values, weights };
}
