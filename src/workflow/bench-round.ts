import { type Random, shuffled } from '../base/random.ts';
import type { Pass, RunResult } from '../capture/child/messages.ts';
import type { BenchMode, BenchPair, Measurement } from '../compare/bench-report.ts';
import { median } from '../stats/median.ts';
import { steadyStateOf } from '../stats/steady-state.ts';
import type { Implementation } from '../store/implementations.ts';
import { inRun } from './failed-run.ts';
import type { TimingRun } from './profile-assembly.ts';
import { runSide } from './run-side.ts';

/** How long a process goes on after its cold run, where the steady state is asked for. */
const STEADY_PLAN = { timeMs: 1000, minIterations: 15 } as const;

export interface Subject {
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
}

/** What one fresh process of one side gave. */
export interface ProcessMeasurement {
  readonly cold: Measurement;
  /** null in the cold mode. */
  readonly steady: Measurement | null;
  /** Why no steady state was found; null where one was, or none was looked for. */
  readonly unsteady: string | null;
  /** How a repetition's output differed from the first run's; null where none was seen to, or nothing was repeated. */
  readonly changedOutput: string | null;
  readonly processCpuMs: number;
  /** The cold run as a timing run of a profile. */
  readonly timing: TimingRun;
}

/** One process of each side, in the order that they ran. */
export interface Round {
  /** Indexes of the sides. */
  readonly order: readonly number[];
  /** By index of the side. */
  readonly sides: readonly ProcessMeasurement[];
}

/**
 * Orders of the sides, round by round, without end: each by chance, and then the same backwards, so that whatever two
 * rounds (ABBA or BAAB) have of a trend meets all sides alike.
 */
export function* balancedOrders(sides: number, random: Random): Generator<readonly number[]> {
  for (;;) {
    const order = shuffled([...Array(sides).keys()], random);
    yield order;
    yield order.toReversed();
  }
}

export interface RoundPlan {
  /** From 1 on. */
  readonly number: number;
  readonly order: readonly number[];
  readonly steady: boolean;
}

/** @throws OutpaceError naming the round and the side whose run failed */
export async function measureRound(
  subject: Subject,
  sides: readonly Implementation[],
  { number, order, steady }: RoundPlan,
): Promise<Round> {
  const measured = new Map<number, ProcessMeasurement>();
  const pass: Pass = steady ? { kind: 'steady', plan: STEADY_PLAN } : { kind: 'timing' };
  for (const index of order) {
    const side = sides[index];
    if (side === undefined) throw new RangeError(`no side ${index}`);
    const run = `${sides.length === 2 ? 'pair' : 'round'} ${number}, ${side.name} (${steady ? 'steady' : 'cold'})`;
    const result = await runSide(subject, side, pass).catch((error: unknown) => {
      throw inRun(error, run);
    });
    measured.set(index, processMeasurement(result));
  }
  return { order, sides: sides.flatMap((_, index) => measured.get(index) ?? []) };
}

function processMeasurement(result: RunResult): ProcessMeasurement {
  const { wallMs, cpuMs, mainThread, peakRssBytes, repeatedMs, changedOutput, processCpuMs } = result;
  const cold = { wallMs, cpuMs, mainThread, peakRssBytes };
  const { importMs, setupMs, openResources, started } = result;
  const timing = { ...cold, importMs, setupMs, openResources, started, sizeBytes: result.output.sizeBytes };
  if (repeatedMs.length === 0)
    return { cold, steady: null, unsteady: null, changedOutput, processCpuMs, timing };
  const state = steadyStateOf(repeatedMs);
  // Without a steady state the later half is the best there is; that it is none is said.
  const from = state.kind === 'steady' ? state.fromIndex : Math.floor(repeatedMs.length / 2);
  return {
    cold,
    steady: { ...cold, mainThread: null, wallMs: median(repeatedMs.slice(from)) },
    unsteady: state.kind === 'steady' ? null : state.why,
    changedOutput,
    processCpuMs,
    timing,
  };
}

/** One side against the first, as pairs. */
export function pairsOf(rounds: readonly Round[], after: number, mode: BenchMode): BenchPair[] {
  return rounds.flatMap(({ order, sides }) => {
    const [left, right] = [measurementOf(sides[0], mode), measurementOf(sides[after], mode)];
    if (left === null || right === null) return [];
    return {
      beforeMs: left.wallMs,
      afterMs: right.wallMs,
      first: order.indexOf(0) < order.indexOf(after) ? 'before' : 'after',
      beforeCpuMs: left.cpuMs,
      afterCpuMs: right.cpuMs,
      beforePeakRssBytes: left.peakRssBytes,
      afterPeakRssBytes: right.peakRssBytes,
      beforeMainThread: left.mainThread ?? null,
      afterMainThread: right.mainThread ?? null,
    };
  });
}

function measurementOf(process: ProcessMeasurement | undefined, mode: BenchMode): Measurement | null {
  return (mode === 'cold' ? process?.cold : process?.steady) ?? null;
}
