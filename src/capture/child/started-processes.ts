import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
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
    return parseChildrenCpuMs(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    return null;
  }
}

/** Fields 16 and 17 of `/proc/<pid>/stat` (proc(5)); the second field, in brackets, may hold anything. */
export function parseChildrenCpuMs(stat: string): number | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[13]) + Number(fields[14]);
  return Number.isFinite(ticks) ? ticks * MS_PER_TICK : null;
}
