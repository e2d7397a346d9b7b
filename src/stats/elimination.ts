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
 * An empty body in a loop takes one processor cycle, and a constant that is stored up to two. What does work depends on
 * memory or on its last result, and takes four cycles or more. Both are cycles, so a busy or slow machine changes nothing.
 */
const MOST_EMPTY_RATIO = 3;
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
  const kind = perCallNs <= MOST_EMPTY_RATIO * emptyPerCallNs ? 'removed' : 'kept';
  return { kind, perCallNs, emptyPerCallNs };
}
