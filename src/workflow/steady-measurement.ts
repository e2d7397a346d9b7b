import { NS_PER_MS } from '../base/units.ts';
import type { RepeatedPart, RunResult } from '../capture/child/messages.ts';
import type { Measurement } from '../compare/bench-report.ts';
import { type Elimination, eliminationOf } from '../stats/elimination.ts';
import { median } from '../stats/median.ts';
import { steadyStateOf } from '../stats/steady-state.ts';

/** What the steady part of one process says. */
export interface SteadyMeasurement {
  /** Per call: the middle of the wall times, the mean CPU time; the most resident memory between batches. */
  readonly measurement: Measurement;
  /** Why no steady state was found; null where one was. */
  readonly unsteady: string | null;
  /** Of a run that is so short that the optimiser may have removed it; null for all others. */
  readonly elimination: Elimination | null;
  /** The least difference of two times per call that the clock can show. */
  readonly resolutionMs: number | null;
  /** The shortest time that the clock can show; null if it is not known. */
  readonly clockFloorNs: number | null;
  /** What further processes are planned from. */
  readonly repetitions: {
    readonly warmUpMs: number;
    readonly repetitionCostMs: number;
    readonly totalMs: number;
    readonly steadyMs: readonly number[];
  };
}

/** @returns null for a run that was not repeated */
export function steadyMeasurementOf(result: RunResult): SteadyMeasurement | null {
  const { repeatedMs, repeated } = result;
  if (repeatedMs.length === 0) return null;
  const state = steadyStateOf(repeatedMs);
  // Without a steady state the later half is the best there is; a warning says that it is none.
  const from = state.kind === 'steady' ? state.fromIndex : Math.floor(repeatedMs.length / 2);
  const steadyMs = repeatedMs.slice(from);
  const cold = { cpuMs: result.cpuMs, peakRssBytes: result.peakRssBytes };
  const totalMs = repeated?.totalMs ?? repeatedMs.reduce((sum, ms) => sum + ms, 0);
  const costMs = totalMs / repeatedMs.length;
  return {
    measurement: {
      wallMs: median(steadyMs),
      mainThread: null,
      cpuMs: (repeated && steadyCpuMs(result, repeated, from)) ?? cold.cpuMs,
      peakRssBytes: (repeated && mostResident(repeated, from)) ?? cold.peakRssBytes,
    },
    unsteady: state.kind === 'steady' ? null : state.why,
    elimination: repeated?.scaling ? eliminationOf(repeated.scaling) : null,
    resolutionMs: repeated ? repeated.clockFloorNs / NS_PER_MS / (repeated.calls.at(-1) ?? 1) : null,
    clockFloorNs: repeated?.clockFloorNs ?? null,
    repetitions: {
      warmUpMs: from * costMs,
      repetitionCostMs: costMs,
      totalMs,
      steadyMs,
    },
  };
}

/**
 * CPU time per call; the mean, since it adds up, and what the garbage collector's threads use belongs to all calls.
 *
 * @returns null for a run that starts processes, whose CPU time is known only for the first run
 */
function steadyCpuMs({ started }: RunResult, { calls, cpuMs }: RepeatedPart, from: number): number | null {
  if (started.processes > 0) return null;
  const steady = calls.slice(from);
  const usedMs = steady.reduce((sum, count, index) => sum + count * (cpuMs[from + index] ?? 0), 0);
  return usedMs / steady.reduce((sum, count) => sum + count, 0);
}

function mostResident({ resident }: RepeatedPart, from: number): number | null {
  const sizes = resident.flatMap(({ batches, sizeBytes }) => (batches > from ? sizeBytes : []));
  return sizes.length === 0 ? null : Math.max(...sizes);
}
