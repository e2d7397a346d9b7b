import type { Pass, RunResult } from '../capture/child/messages.ts';
import type { SteadyPlan } from '../capture/child/steady.ts';
import type { World } from '../capture/world.ts';
import type { BenchMode, BenchPair, Measurement } from '../compare/bench-report.ts';
import type { CallEvidence } from '../compare/withheld.ts';
import type { Implementation } from '../store/implementations.ts';
import { inRun } from './failed-run.ts';
import type { TimingRun } from './profile-assembly.ts';
import type { Round } from './rounds.ts';
import { runSide } from './run-side.ts';
import { type SteadyMeasurement, steadyMeasurementOf } from './steady-measurement.ts';

export interface Subject {
  readonly world: World;
  readonly root: string;
  readonly job: string;
  readonly input: Record<string, unknown>;
  readonly timeoutMs: number;
  readonly nodePath: string;
  readonly nodeOptions: readonly string[];
  /** Of the measured processes. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What each of them reads from its standard input; null: nothing. */
  readonly stdinFile: string | null;
  readonly signal: AbortSignal;
  /** Whether a run's time and CPU time are those from the first line of the import to the end of `run`; by default, of `run`. */
  readonly includesImport?: boolean | undefined;
}

/** What one fresh process of one side gave. */
export interface ProcessMeasurement extends CallEvidence {
  readonly cold: Measurement;
  /** null in the cold mode. */
  readonly steady: Measurement | null;
  /** Why no steady state was found; null where one was, or none was looked for. */
  readonly unsteady: string | null;
  /** The shortest time that the clock can show; null in the cold mode. */
  readonly clockFloorNs: number | null;
  /** What further processes are planned from; null in the cold mode. */
  readonly repetitions: SteadyMeasurement['repetitions'] | null;
  /** How a repetition's output differed from the first run's; null where none was seen to, or nothing was repeated. */
  readonly changedOutput: string | null;
  readonly processCpuMs: number;
  /** The cold run as a timing run of a profile. */
  readonly timing: TimingRun;
}

/** One process of each side. */
export type BenchRound = Round<ProcessMeasurement>;

/**
 * One process of one side.
 *
 * @param at such as `pair 7`
 * @param steady how long it repeats its run; null: once
 * @throws OutpaceError naming the round and the side whose run failed
 */
export async function measureProcess(
  subject: Subject,
  side: Implementation,
  { at, steady }: { readonly at: string; readonly steady: SteadyPlan | null },
): Promise<ProcessMeasurement> {
  const pass: Pass = steady ? { kind: 'steady', plan: steady } : { kind: 'timing' };
  const result = await runSide(subject, side, pass).catch((error: unknown) => {
    throw inRun(error, `${at}, ${side.name} (${steady ? 'steady' : 'cold'})`);
  });
  return processMeasurement(subject.includesImport === true ? withImport(result) : result);
}

/** Import, setup and run as one; what outpace itself does between them belongs to none. */
function withImport(result: RunResult): RunResult {
  const { importMs, setupMs, importCpuMs, setupCpuMs, wallMs, cpuMs } = result;
  return {
    ...result,
    wallMs: importMs + setupMs + wallMs,
    cpuMs: importCpuMs + setupCpuMs + cpuMs,
    // Of `run` alone.
    mainThread: null,
  };
}

function processMeasurement(result: RunResult): ProcessMeasurement {
  const { wallMs, cpuMs, mainThread, peakRssBytes, changedOutput, processCpuMs } = result;
  const cold = { wallMs, cpuMs, mainThread, peakRssBytes };
  const { importMs, setupMs, openResources, started } = result;
  const timing = { ...cold, importMs, setupMs, openResources, started, sizeBytes: result.output.sizeBytes };
  const steady = steadyMeasurementOf(result);
  return {
    cold,
    steady: steady?.measurement ?? null,
    unsteady: steady?.unsteady ?? null,
    elimination: steady?.elimination ?? null,
    resolutionMs: steady?.resolutionMs ?? null,
    clockFloorNs: steady?.clockFloorNs ?? null,
    repetitions: steady?.repetitions ?? null,
    changedOutput,
    processCpuMs,
    timing,
  };
}

/** One side against the first, as pairs. */
export function pairsOf(rounds: readonly BenchRound[], after: number, mode: BenchMode): BenchPair[] {
  return rounds.flatMap(({ order, cells }) => {
    const [left, right] = [measurementOf(cells[0], mode), measurementOf(cells[after], mode)];
    if (left === null || right === null) return [];
    return {
      beforeMs: left.wallMs,
      afterMs: right.wallMs,
      first: order.indexOf(0) < order.indexOf(after) ? 'before' : 'after',
      beforeCpuMs: left.cpuMs,
      afterCpuMs: right.cpuMs,
      beforePeakRssBytes: left.peakRssBytes,
      afterPeakRssBytes: right.peakRssBytes,
      ...startOf(cells[0], cells[after]),
      beforeMainThread: left.mainThread ?? null,
      afterMainThread: right.mainThread ?? null,
    };
  });
}

function startOf(before: ProcessMeasurement | undefined, after: ProcessMeasurement | undefined) {
  if (before === undefined || after === undefined) return {};
  return {
    beforeImportMs: before.timing.importMs,
    afterImportMs: after.timing.importMs,
    beforeSetupMs: before.timing.setupMs,
    afterSetupMs: after.timing.setupMs,
  };
}

function measurementOf(process: ProcessMeasurement | undefined, mode: BenchMode): Measurement | null {
  return (mode === 'cold' ? process?.cold : process?.steady) ?? null;
}
