import { Bench } from 'tinybench';
import { nowMs } from './clock.ts';

/** How long a process goes on repeating its run: until both are reached. */
export interface SteadyPlan {
  readonly timeMs: number;
  /** Batches; a batch is one run where that is long enough to be timed by itself. */
  readonly minIterations: number;
}

/** Calls that were timed together, with one reading of the clock before and one after all of them. */
export interface Batch {
  readonly calls: number;
  /** Of all its calls. */
  readonly runMs: number;
  /** User and system time of all threads during its calls. */
  readonly cpuMs: number;
  /** With what its calls took besides: fresh inputs cost time too. */
  readonly totalMs: number;
}

// Taken before an implementation can put another in its place.
const OwnAbortController = AbortController;
const { ceil, max, min } = Math;
/** A first batch may be slow because of compilation, so it is not trusted with more. */
const MOST_GROWTH = 10;

/**
 * Repeats a run in this process, in batches that grow until one takes `leastBatchMs`.
 *
 * tinybench decides when the next batch runs; the time of a batch is measured by itself.
 *
 * @param callMany times so many calls, or fewer where it cannot make as many
 * @returns in order of time, which tinybench's sorted samples have lost
 */
export async function timeRepeatedly(
  callMany: (calls: number) => Promise<Batch>,
  { plan, leastBatchMs }: { readonly plan: SteadyPlan; readonly leastBatchMs: number },
): Promise<Batch[]> {
  const batches: Batch[] = [];
  let calls = 1;
  let spentMs = 0;
  let failed = false;
  const isDone = () => batches.length >= plan.minIterations && spentMs >= plan.timeMs;
  const timed = async (): Promise<Batch> => {
    failed = true;
    const batch = await callMany(calls);
    failed = false;
    batches[batches.length] = batch;
    spentMs += batch.totalMs;
    calls = nextCalls(batch, calls, leastBatchMs);
    return batch;
  };
  try {
    await runBench(timed, { plan, isDone });
  } catch (error) {
    if (failed) throw error;
  }
  // A job may have broken methods that tinybench counts and adds up with; its run can be repeated all the same.
  while (!isDone()) await timed();
  return batches;
}

function nextCalls({ calls: made, runMs }: Batch, asked: number, leastBatchMs: number): number {
  if (made < asked || runMs >= leastBatchMs) return asked;
  return min(made * MOST_GROWTH, max(made + 1, ceil((made * leastBatchMs) / max(runMs, 1e-6))));
}

async function runBench(
  timed: () => Promise<Batch>,
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
    const { calls, runMs, totalMs } = await timed();
    return { overriddenDuration: runMs / calls, overriddenIterationCost: totalMs };
  });
  await bench.run();
}
