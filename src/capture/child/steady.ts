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
  const isDone = () => durationsMs.length >= plan.minIterations && spentMs >= plan.timeMs;
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
  let failed = false;
  bench.add('run', async () => {
    // tinybench counts its samples with methods that a job may have replaced.
    if (isDone()) ended.abort();
    failed = true;
    const { runMs, totalMs } = await once();
    failed = false;
    durationsMs[durationsMs.length] = runMs;
    spentMs += totalMs;
    return { overriddenDuration: runMs, overriddenIterationCost: totalMs };
  });
  try {
    await bench.run();
  } catch (error) {
    // Its statistics are not used, and what replaced methods do to them is no failure of the run.
    if (failed || !isDone()) throw error;
  }
  return durationsMs;
}
