import type { MachineWatch } from '../capture/machine.ts';
import type { World } from '../capture/world.ts';
import {
  changedOutputWarnings,
  machineWarnings,
  processWarnings,
  sizeWarnings,
  startedWarnings,
} from '../compare/machine-warnings.ts';
import { extentOf } from '../stats/extent.ts';
import type { Implementation } from '../store/implementations.ts';
import type { BenchRound } from './bench-round.ts';

/** What is known of the machine, the processes and the outputs when measuring ends. */
export function closingWarnings(
  names: readonly Implementation[],
  rounds: readonly BenchRound[],
  { world, watch }: { readonly world: World; readonly watch: MachineWatch },
): string[] {
  const processes = rounds.flatMap(({ cells }) => cells);
  const account = watch.stop(processes.reduce((sum, { processCpuMs }) => sum + processCpuMs, 0));
  const { least: shortestMs } = extentOf(processes.map(({ cold, steady }) => (steady ?? cold).wallMs));
  return [
    ...machineWarnings(account, { clockResolutionMs: world.clockResolutionMs(), shortestMs }),
    ...processWarnings(processes.map(({ unsteady }) => unsteady)),
    ...changedOutputWarnings(processes.map(({ changedOutput }) => changedOutput)),
    ...startedWarnings(processes.map(({ timing }) => timing.started)),
    ...names.flatMap(({ name }, index) =>
      sizeWarnings(
        name,
        rounds.flatMap(({ cells }) => cells[index]?.timing.sizeBytes ?? []),
      ),
    ),
  ];
}
