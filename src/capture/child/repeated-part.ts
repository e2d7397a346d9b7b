import type { RepeatedPart, RunResult } from './messages.ts';
import type { Batch } from './steady.ts';

/** Batches as they are reported: per call, one list for each figure. */
export function repeatedPart(
  batches: readonly Batch[],
  known: Pick<RepeatedPart, 'clockFloorNs' | 'resident' | 'scaling'>,
): Pick<RunResult, 'repeatedMs' | 'repeated'> {
  const repeatedMs: number[] = [];
  const cpuMs: number[] = [];
  const calls: number[] = [];
  let totalMs = 0;
  for (let index = 0; index < batches.length; index += 1) {
    const batch = batches[index] as Batch;
    repeatedMs[index] = batch.runMs / batch.calls;
    cpuMs[index] = batch.cpuMs / batch.calls;
    calls[index] = batch.calls;
    totalMs += batch.totalMs;
  }
  return { repeatedMs, repeated: { ...known, calls, cpuMs, totalMs } };
}
