/** The shortest times that were seen, of so many calls and of twice as many, in one unit. */
export interface ScalingTimes {
  readonly calls: number;
  readonly onceNs: number;
  readonly twiceNs: number;
  /** The same of a function without a body, called from a loop of the same form. */
  readonly emptyOnceNs: number;
  readonly emptyTwiceNs: number;
}

/** Whether the work of a function was still there when it was timed. */
export type Elimination =
  | { readonly kind: 'kept'; readonly perCallNs: number; readonly emptyPerCallNs: number }
  /** It takes no more than an empty body does. */
  | { readonly kind: 'removed'; readonly perCallNs: number; readonly emptyPerCallNs: number }
  /** Twice the calls do not take twice the time, so its time is not that of its calls. */
  | { readonly kind: 'does not scale'; readonly ratio: number };

/**
 * A call without work takes as long as one of an empty body; one that stores a constant may take one processor cycle
 * more. What does work depends on memory or on its last result, and takes four cycles or more, part of which a slow loop
 * may hide (Node 22 takes 1.9 ns for a counter and 1.0 ns for an empty body; Node 24 takes 1.9 and 0.4 ns).
 */
const SAME_RATIO = 1.5;
const MOST_STORING_RATIO = 3;
/** One cycle of a slow processor. */
const MOST_STORING_NS = 0.6;
/** Between 1, the same time for twice the calls, and 2. */
const LEAST_SCALING = 1.5;

/**
 * Tells a function that the optimiser removed from one that it kept. Time per call is taken from the difference between
 * once and twice the calls, so that what a batch costs besides its calls cancels out.
 *
 * @throws RangeError for times that are not finite and above 0
 */
export function eliminationOf(times: ScalingTimes): Elimination {
  const { calls, onceNs, twiceNs, emptyOnceNs, emptyTwiceNs } = times;
  if (![calls, onceNs, twiceNs, emptyOnceNs, emptyTwiceNs].every((one) => Number.isFinite(one) && one > 0))
    throw new RangeError('times of calls are finite and above 0');
  const ratio = twiceNs / onceNs;
  if (ratio < LEAST_SCALING) return { kind: 'does not scale', ratio };
  const perCallNs = (twiceNs - onceNs) / calls;
  // The shorter loop of an empty body may be too short for the clock; the longer one as a whole is never too low.
  const emptyPerCallNs =
    emptyTwiceNs > emptyOnceNs ? (emptyTwiceNs - emptyOnceNs) / calls : emptyTwiceNs / (2 * calls);
  const isSame = perCallNs <= SAME_RATIO * emptyPerCallNs;
  const onlyStores =
    perCallNs <= MOST_STORING_RATIO * emptyPerCallNs && perCallNs - emptyPerCallNs <= MOST_STORING_NS;
  return { kind: isSame || onlyStores ? 'removed' : 'kept', perCallNs, emptyPerCallNs };
}
