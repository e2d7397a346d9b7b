import { Bench } from 'tinybench';

/** How long a process goes on repeating its run: until both are reached. */
export interface SteadyPlan {
  readonly timeMs: number;
  readonly minIterations: number;
}

/**
 * Repeats a run in this process and times each repetition by itself.
 *
 * @param once one repetition; resolves to what it took, ms
 * @returns durations in the order of time, which tinybench's own sorted samples have lost
 */
export async function timeRepeatedly(once: () => Promise<number>, plan: SteadyPlan): Promise<number[]> {
  const durationsMs: number[] = [];
  const bench = new Bench({
    time: plan.timeMs,
    iterations: plan.minIterations,
    // The warm-up is part of what is looked at: where it ends is found in the durations themselves.
    warmup: false,
    throws: true,
  });
  bench.add('run', async () => {
    const overriddenDuration = await once();
    durationsMs.push(overriddenDuration);
    return { overriddenDuration };
  });
  await bench.run();
  return durationsMs;
}
