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

/**
 * The level of the latest of some looks: the last of `lookLevels`. What the earlier ones left is remembered, since each
 * analysis asks for the same looks and one more.
 *
 * @throws RangeError as `lookLevels`; without a look
 */
export function latestLevel(looks: readonly Look[]): number {
  const latest = looks.at(-1);
  if (latest === undefined) throw new RangeError('no look has no level');
  const earlier = looks.slice(0, -1);
  const path = remembered.find(({ steps }) => startsAlike(steps, earlier)) ?? newPath();
  path.steps.length = Math.min(path.steps.length, earlier.length);
  for (const look of earlier.slice(path.steps.length)) {
    const past = path.steps.at(-1) ?? NO_LOOK_YET;
    path.steps.push(afterLook(past, look, levelOf(past, look).bound));
  }
  return levelOf(path.steps.at(-1) ?? NO_LOOK_YET, latest).level;
}

/** The states after the looks of one measurement; a few measurements, or several errors allowed, take turns. */
const remembered: { readonly steps: PastLooks[] }[] = [];
const MOST_REMEMBERED = 8;

function newPath(): { readonly steps: PastLooks[] } {
  const path = { steps: [] };
  remembered.unshift(path);
  if (remembered.length > MOST_REMEMBERED) remembered.pop();
  return path;
}

/** Whether what is remembered is the beginning of these looks, or goes on where they end. */
function startsAlike(steps: readonly PastLooks[], looks: readonly Look[]): boolean {
  const shared = Math.min(steps.length, looks.length);
  if (shared === 0) return steps.length === looks.length;
  return looks.slice(0, shared).every((look, index) => {
    const last = steps[index]?.last;
    return last?.information === look.information && last.spent === look.spent;
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

/**
 * The bound that is crossed, either way, with the probability to be spent: Newton's method, which falls back to bisection
 * where a step would leave what is known to hold the root.
 */
function boundFor(before: Density, deviation: number, spend: number): number {
  let [low, high] = [0, 60 * deviation + Math.abs(before.values[0] ?? 0)];
  let bound = deviation;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { probability, slope } = crossing(before, deviation, bound);
    if (probability > spend) low = bound;
    else high = bound;
    // In logarithms a tail is nearly a parabola, so that a step is good far out too.
    const newton = bound + (probability * Math.log(probability / spend)) / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - bound) <= 1e-13 * high) return next;
    bound = next;
  }
  return bound;
}

const MOST_STEPS = 100;

/** The probability of crossing, and how fast it falls with the bound. The density is symmetric, so one side is counted. */
function crossing({ values, weights }: Density, deviation: number, bound: number) {
  let [probability, slope] = [0, 0];
  for (let index = 0; index < values.length; index += 1) {
    const z = (bound - (values[index] ?? 0)) / deviation;
    const weight = 2 * (weights[index] ?? 0);
    probability += weight * normalSurvival(z);
    slope += (weight * normalDensity(z)) / deviation;
  }
  return { probability, slope };
}

/** The density after the next step, between −bound and bound, on a grid for Simpson's rule. */
function carried(before: Density, deviation: number, bound: number): Density {
  const step = (2 * bound) / GRID_STEPS;
  const values = Float64Array.from({ length: GRID_STEPS + 1 }, (_, index) => -bound + index * step);
  const weights = values.map((value, index) => {
    const simpson = index === 0 || index === GRID_STEPS ? 1 : index % 2 === 1 ? 4 : 2;
    let height = 0;
    for (let at = 0; at < before.values.length; at += 1) {
      const from = before.values[at] ?? 0;
      height += (before.weights[at] ?? 0) * normalDensity((value - from) / deviation);
    }
    return (simpson * step * height) / (3 * deviation);
  });
  return { values, weights };
}
