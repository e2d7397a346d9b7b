import { subscribe } from 'node:diagnostics_channel';
import { isFiniteNumber, lastIndexIn, numberOf, readText, sliceOf, wordsOf } from './captured.ts';
import type { StartedProcesses } from './messages.ts';

/** The kernel counts in ticks of 1/100 s, whatever its own clock does. */
const MS_PER_TICK = 10;

/** Follows what this process starts; call the result for what there was up to now. */
export function watchStartedProcesses(): () => StartedProcesses {
  let processes = 0;
  subscribe('child_process', () => {
    processes += 1;
  });
  return () => ({ processes, cpuMs: endedChildrenCpuMs() });
}

export function startedBetween(before: StartedProcesses, after: StartedProcesses): StartedProcesses {
  return {
    processes: after.processes - before.processes,
    cpuMs: before.cpuMs === null || after.cpuMs === null ? null : after.cpuMs - before.cpuMs,
  };
}

/** User and system time of all children that have ended and were waited for; Linux alone tells. */
function endedChildrenCpuMs(): number | null {
  try {
    return parseChildrenCpuMs(readText('/proc/self/stat'));
  } catch {
    return null;
  }
}

/** Fields 16 and 17 of `/proc/<pid>/stat` (proc(5)); the second field, in brackets, may hold anything. */
export function parseChildrenCpuMs(stat: string): number | null {
  const fields = wordsOf(sliceOf(stat, lastIndexIn(stat, ')') + 2));
  const ticks = numberOf(fields[13]) + numberOf(fields[14]);
  return isFiniteNumber(ticks) ? ticks * MS_PER_TICK : null;
}
