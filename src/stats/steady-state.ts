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

/**
 * Change points of the log times, as in Barrett et al., "Virtual Machine Warmup Blows Hot and Cold" (2017): spikes are
 * drawn in, the series is cut into segments of constant level at the least penalised cost (PELT, Killick et al. 2012),
 * and the steady state is the last segment with those before it that are as fast.
 *
 * @param durations of one process, in the order of time, any unit, above 0
 */
export function steadyStateOf(durations: readonly number[]): SteadyState {
  const count = durations.length;
  const least = Math.max(LEAST_REPETITIONS, Math.ceil(count * LEAST_SHARE));
  if (count < LEAST_REPETITIONS) return { kind: 'none', why: `${count} repetitions are too few to tell` };
  const logs = withoutSpikes(durations.map(Math.log));
  const starts = segmentStarts(logs);
  const centres = starts.map((start, index) => median(logs.slice(start, starts[index + 1] ?? count)));
  const last = centres.at(-1) ?? 0;
  let first = starts.length - 1;
  while (first > 0 && Math.abs((centres[first - 1] ?? 0) - last) < SAME_STATE_RATIO) first -= 1;
  const fromIndex = starts[first] ?? 0;
  if (count - fromIndex < least) {
    return {
      kind: 'none',
      why: `the last change came ${count - fromIndex} repetitions before the end of ${count}`,
    };
  }
  const trend = trendOf(thinned(logs.slice(fromIndex), TREND_VALUES));
  if (trend.pValue < TREND_LEVEL && Math.abs(trend.total) > SAME_STATE_RATIO) {
    return {
      kind: 'none',
      why: `it still changed by ${(100 * Math.expm1(trend.total)).toFixed(1)} % towards the end`,
    };
  }
  return { kind: 'steady', fromIndex };
}

/** A value far from its neighbours' median is put there (Hampel's filter): a collection of garbage is no new state. */
function withoutSpikes(logs: readonly number[]): number[] {
  return logs.map((value, index) => {
    const near = logs.slice(Math.max(0, index - SPIKE_NEIGHBOURS), index + SPIKE_NEIGHBOURS + 1);
    const centre = median(near);
    const scale = 1.4826 * median(near.map((other) => Math.abs(other - centre)));
    return Math.abs(value - centre) > SPIKE_LIMIT * scale ? centre : value;
  });
}

/** The first index of each segment, by PELT with the squared error from the segment's mean as its cost. */
function segmentStarts(values: readonly number[]): number[] {
  const sums = [0];
  const squares = [0];
  for (const value of values) {
    sums.push((sums.at(-1) ?? 0) + value);
    squares.push((squares.at(-1) ?? 0) + value * value);
  }
  const cost = (start: number, end: number): number => {
    const sum = (sums[end] ?? 0) - (sums[start] ?? 0);
    return Math.max(0, (squares[end] ?? 0) - (squares[start] ?? 0) - (sum * sum) / (end - start));
  };
  const steps = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  // Of the differences of neighbours, which a change of level does not touch.
  const variance = (1.4826 * median(steps)) ** 2 / 2;
  const penalty = PENALTY * Math.max(variance, 1e-12) * Math.log(values.length);

  const best = [-penalty];
  const cameFrom = [0];
  let candidates = [0];
  for (let end = 1; end <= values.length; end += 1) {
    const costs = candidates.map((start) => ({ start, total: (best[start] ?? 0) + cost(start, end) }));
    const least = costs.reduce((a, b) => (b.total < a.total ? b : a));
    best.push(least.total + penalty);
    cameFrom.push(least.start);
    candidates = costs.filter(({ total }) => total <= least.total + penalty).map(({ start }) => start);
    candidates.push(end);
  }
  const starts: number[] = [];
  for (let at = values.length; at > 0; at = cameFrom[at] ?? 0) starts.unshift(cameFrom[at] ?? 0);
  return starts;
}
