import { Bench } from 'tinybench';
import { nowMs } from './clock.ts';

/** How long a process goes on repeating its run: until both are reached. */
export interface SteadyPlan {
  readonly timeMs: number;
  readonly minIterations: number;
}

/** One repetition, with what it took besides the run: a fresh input costs time too. */
export interface Repetition {
  readonly runMs: number;
  readonly totalMs: number;
}

// Taken before an implementation can put another in its place.
const OwnAbortController = AbortController;

/**
 * Repeats a run in this process and times each repetition by itself.
 *
 * @param once one repetition
 * @returns durations in the order of time, which tinybench's own sorted samples have lost
 */
export async function timeRepeatedly(once: () => Promise<Repetition>, plan: SteadyPlan): Promise<number[]> {
  const durationsMs: number[] = [];
  let spentMs = 0;
  let failed = false;
  const isDone = () => durationsMs.length >= plan.minIterations && spentMs >= plan.timeMs;
  const timed = async (): Promise<Repetition> => {
    failed = true;
    const repetition = await once();
    failed = false;
    durationsMs[durationsMs.length] = repetition.runMs;
    spentMs += repetition.totalMs;
    return repetition;
  };
  try {
    await runBench(timed, { plan, isDone });
  } catch (error) {
    if (failed) throw error;
  }
  // A job may have broken methods that tinybench counts and sums up with; its run can be repeated all the same.
  while (!isDone()) await timed();
  return durationsMs;
}

async function runBench(
  timed: () => Promise<Repetition>,
  { plan, isDone }: { readonly plan: SteadyPlan; readonly isDone: () => boolean },
): Promise<void> {
  const ended = new OwnAbortController();
  const bench = new Bench({
    time: plan.timeMs,
    iterations: plan.minIterations,
    // The warm-up is part of what is looked at: where it ends is found in the durations themselves.
    warmup: false,
    throws: true,
    now: nowMs,
    signal: ended.signal,
  });
  bench.add('run', async () => {
    if (isDone()) ended.abort();
    const { runMs, totalMs } = await timed();
    return { overriddenDuration: runMs, overriddenIterationCost: totalMs };
  });
  await bench.run();
}
