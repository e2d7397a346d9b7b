/** The machine's state while measuring, as capture gives it. */
export interface MachineState {
  readonly elapsedMs: number;
  /** CPU time of everything else, in cores. */
  readonly otherLoadCores: number;
  readonly cores: number;
  readonly governor: string | null;
  readonly thermalThrottles: number | null;
}

/** Of all cores; a desktop at rest uses less. */
const NOTABLE_LOAD = 0.1;
/** Fewer steps of the clock than that in one run and its grain shows in the result. */
const LEAST_CLOCK_STEPS = 1000;

/** What of the machine may have spoilt the measurement, each with its remedy. */
export function machineWarnings(
  { otherLoadCores, cores, governor, thermalThrottles }: MachineState,
  { clockResolutionMs, shortestMs }: { readonly clockResolutionMs: number; readonly shortestMs: number },
): string[] {
  return [
    ...(otherLoadCores > NOTABLE_LOAD * cores
      ? [
          `other programs used ${otherLoadCores.toFixed(1)} of ${cores} cores while measuring: end them, and measure again`,
        ]
      : []),
    ...(governor !== null && governor !== 'performance'
      ? [
          `the CPU's frequency governor is ${governor}: \`sudo cpupower frequency-set -g performance\` steadies it`,
        ]
      : []),
    ...(thermalThrottles !== null && thermalThrottles > 0
      ? [
          `the CPU slowed itself down ${thermalThrottles} times for its heat: let it cool, or measure with pauses`,
        ]
      : []),
    ...(shortestMs < LEAST_CLOCK_STEPS * clockResolutionMs
      ? [
          `a run of ${shortestMs.toFixed(4)} ms is short for a clock that steps by ${(clockResolutionMs * 1000).toFixed(2)} µs: ` +
            'give it more to do (--input)',
        ]
      : []),
  ];
}

/** @param unsteady of each process, why it had no steady state; null where it had one, or none was looked for */
export function processWarnings(unsteady: readonly (string | null)[]): string[] {
  const whys = unsteady.filter((why) => why !== null);
  if (whys.length === 0) return [];
  return [
    `no steady state in ${whys.length} of ${unsteady.length} processes (${whys[0]}): ` +
      'their later half is what counts; the cold mode makes no such assumption',
  ];
}

/** @param changed of each process, how a repetition's output differed from the first run's; null where none did */
export function changedOutputWarnings(changed: readonly (string | null)[]): string[] {
  const hows = changed.filter((how) => how !== null);
  if (hows.length === 0) return [];
  return [
    `in ${hows.length} of ${changed.length} processes the output changed from run to run (${hows[0]}): ` +
      'if the job keeps something between runs, its repetitions do other work than its first run; --mode cold measures that one',
  ];
}

/** @param started of each run, what it started besides threads */
export function startedWarnings(
  started: readonly { readonly processes: number; readonly cpuMs: number | null }[],
): string[] {
  const processes = Math.max(0, ...started.map((run) => run.processes));
  const cpuMs = started.map((run) => run.cpuMs);
  const used = Math.max(0, ...cpuMs.map((ms) => ms ?? 0));
  if (processes === 0 && used === 0) return [];
  const cpu = cpuMs.includes(null)
    ? 'their CPU time is not known on this platform'
    : `the CPU time of those that ended (up to ${used} ms a run) is counted`;
  return [`a run starts processes, which are not profiled, nor is their memory counted; ${cpu}`];
}

/** @param sizesBytes of the output of each run of one side */
export function sizeWarnings(name: string, sizesBytes: readonly number[]): string[] {
  const sizes = [...new Set(sizesBytes)];
  if (sizes.length < 2) return [];
  return [`the output of ${name} differs in size from run to run: ${sizes.join(', ')} bytes`];
}
