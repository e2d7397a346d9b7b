import type { MachineWatch } from '../capture/machine.ts';
import type { World } from '../capture/world.ts';
import type { BenchMode } from '../compare/bench-report.ts';
import {
  changedOutputWarnings,
  machineWarnings,
  processWarnings,
  sizeWarnings,
  startedWarnings,
} from '../compare/machine-warnings.ts';
import { startWarnings } from '../compare/start-time.ts';
import { extentOf } from '../stats/extent.ts';
import type { Implementation } from '../store/implementations.ts';
import { type BenchRound, pairsOf } from './bench-round.ts';

/** What is known of the machine, the processes and the outputs when measuring ends. */
export function closingWarnings(
  names: readonly Implementation[],
  rounds: readonly BenchRound[],
  {
    world,
    watch,
    mode,
    toleranceRatio,
    includesImport = false,
  }: {
    readonly world: World;
    readonly watch: MachineWatch;
    readonly mode: BenchMode | 'both';
    readonly toleranceRatio: number;
    readonly includesImport?: boolean | undefined;
  },
): string[] {
  const processes = rounds.flatMap(({ cells }) => cells);
  const account = watch.stop(processes.reduce((sum, { processCpuMs }) => sum + processCpuMs, 0));
  // Steady runs are timed in batches that are long enough for the clock.
  const { least: shortestMs } = extentOf(
    processes.map(({ cold, steady }) => (steady === null ? cold.wallMs : Number.POSITIVE_INFINITY)),
  );
  return [
    ...machineWarnings(account, { clockResolutionMs: world.clockResolutionMs(), shortestMs }),
    ...processWarnings(processes.map(({ unsteady }) => unsteady)),
    ...changedOutputWarnings(processes.map(({ changedOutput }) => changedOutput)),
    ...startedWarnings(processes.map(({ timing }) => timing.started)),
    ...(includesImport
      ? []
      : allStartWarnings(names, rounds, { toleranceRatio, isRepeated: mode !== 'cold' })),
    ...names.flatMap(({ name }, index) =>
      sizeWarnings(
        name,
        rounds.flatMap(({ cells }) => cells[index]?.timing.sizeBytes ?? []),
      ),
    ),
  ];
}

/** Of each side against the first. */
function allStartWarnings(
  [before, ...after]: readonly Implementation[],
  rounds: readonly BenchRound[],
  question: { readonly toleranceRatio: number; readonly isRepeated: boolean },
): string[] {
  return after.flatMap(({ name }, index) =>
    startWarnings(pairsOf(rounds, index + 1, 'cold'), {
      before: before?.name ?? '',
      after: name,
      ...question,
    }),
  );
}
