import { changePointsOf } from './change-points.ts';
import { median } from './median.ts';
import { thinned } from './thinned.ts';
import { trendOf } from './trend.ts';

/** Where a process's repetitions stop getting faster or slower. */
export type SteadyState =
  | { readonly kind: 'steady'; readonly fromIndex: number }
  | { readonly kind: 'none'; readonly why: string };

/** Segments whose centres differ by less count as one state: V8 and the machine are not steadier than that. */
const SAME_STATE_RATIO = 0.02;
/** What a level must last for to be a state, of all repetitions, and in number. */
const LEAST_SHARE = 0.25;
const LEAST_REPETITIONS = 10;
/** Values on either side that a value is compared with before it counts as a spike. */
const SPIKE_NEIGHBOURS = 4;
const SPIKE_LIMIT = 3;
/** The penalty of one more segment, in units of σ²·ln n; 2 is Schwarz's criterion, repetitions that follow one another are alike. */
const PENALTY = 5;
const TREND_LEVEL = 0.001;
/** A trend takes time by the square of their number. */
const TREND_VALUES = 60;

/** More repetitions than this are reduced to medians of neighbours, so that the work grows linearly with their number. */
const MOST_VALUES = 1000;

/**
 * Change points of the log times, as in Barrett et al., "Virtual Machine Warmup Blows Hot and Cold" (2017): outliers are
 * replaced, the series is cut into segments of constant level at the least penalised cost, and the steady state is the
 * last segment together with those before it that are as fast.
 *
 * Linear in the number of repetitions: above 1,000 of them, the end of warm-up is found to within one 1,000th of them.
 *
 * @param durations of one process, in order of time, any unit, above 0
 */
export function steadyStateOf(durations: readonly number[]): SteadyState {
  const count = durations.length;
  if (count < LEAST_REPETITIONS) return { kind: 'none', why: `${count} repetitions are too few to tell` };
  const stride = Math.ceil(count / MOST_VALUES);
  const logs = withoutSpikes(thinned(durations, MOST_VALUES).map(Math.log));
  const starts = segmentStarts(logs);
  const centres = starts.map((start, index) => median(logs.slice(start, starts[index + 1] ?? logs.length)));
  const last = centres.at(-1) ?? 0;
  let first = starts.length - 1;
  while (first > 0 && Math.abs((centres[first - 1] ?? 0) - last) < SAME_STATE_RATIO) first -= 1;
  const from = starts[first] ?? 0;
  const fromIndex = from * stride;
  const least = Math.max(LEAST_REPETITIONS, Math.ceil(count * LEAST_SHARE));
  if (count - fromIndex < least) {
    return {
      kind: 'none',
      why: `the last change came ${count - fromIndex} repetitions before the end of ${count}`,
    };
  }
  const trend = trendOf(thinned(logs.slice(from), TREND_VALUES));
  if (trend.pValue < TREND_LEVEL && Math.abs(trend.total) > SAME_STATE_RATIO) {
    return {
      kind: 'none',
      why: `it still changed by ${(100 * Math.expm1(trend.total)).toFixed(1)} % towards the end`,
    };
  }
  return { kind: 'steady', fromIndex };
}

/** Replaces a value far from its neighbours' median with that median (Hampel's filter): one garbage collection is no new state. */
function withoutSpikes(logs: readonly number[]): number[] {
  return logs.map((value, index) => {
    const near = logs.slice(Math.max(0, index - SPIKE_NEIGHBOURS), index + SPIKE_NEIGHBOURS + 1);
    const centre = median(near);
    const scale = 1.4826 * median(near.map((other) => Math.abs(other - centre)));
    return Math.abs(value - centre) > SPIKE_LIMIT * scale ? centre : value;
  });
}

/** The first index of each segment. */
function segmentStarts(values: readonly number[]): readonly number[] {
  const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  // Differences of neighbours, which a change of level does not touch.
  const variance = (1.4826 * median(steps)) ** 2 / 2;
  return changePointsOf(values, PENALTY * Math.max(variance, 1e-12) * Math.log(values.length));
}
