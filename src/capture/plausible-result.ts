import { OutpaceError } from '../base/errors.ts';
import type { RunResult } from './child/messages.ts';

/**
 * A result whose durations can be true: `run` takes some time, and nothing takes less than none.
 *
 * @throws OutpaceError RUN_FAILED naming the first figure that cannot be
 */
export function plausibleResult(result: RunResult, implementation: string): RunResult {
  const positive: readonly (readonly [string, number])[] = [
    ['time of run', result.wallMs],
    ...result.repeatedMs.map((ms, index) => [`time of repetition ${index + 1}`, ms] as const),
  ];
  const notNegative: readonly (readonly [string, number])[] = [
    ['time of the import', result.importMs],
    ['time of setup', result.setupMs],
    ['CPU time of the import', result.importCpuMs],
    ['CPU time of setup', result.setupCpuMs],
    ['CPU time of run', result.cpuMs],
    ['CPU time of the process', result.processCpuMs],
    ['CPU time of the main thread', result.mainThread?.cpuMs ?? 0],
    ["main thread's time in the queue for a CPU", result.mainThread?.runQueueMs ?? 0],
  ];
  const impossible =
    positive.find(([, ms]) => !(Number.isFinite(ms) && ms > 0)) ??
    notNegative.find(([, ms]) => !(Number.isFinite(ms) && ms >= 0));
  if (impossible === undefined) return result;
  const [what, ms] = impossible;
  throw new OutpaceError(
    'RUN_FAILED',
    `implementation '${implementation}': the ${what} came out as ${ms} ms, which cannot be. ` +
      "The machine's clock may have been set meanwhile, or the job has replaced a clock: measure again",
  );
}
