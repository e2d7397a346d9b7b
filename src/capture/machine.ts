import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { NS_PER_MS, US_PER_MS } from '../base/units.ts';
import { cpuUsedUs } from './child/clock.ts';

/** What the machine was doing besides, and how it was set, from `watchMachine` to its `stop`. */
export interface MachineAccount {
  readonly elapsedMs: number;
  /** CPU time of everything else, in cores: 1 is one core kept busy all the time. */
  readonly otherLoadCores: number;
  readonly cores: number;
  /** null where the system does not tell, as in most virtual machines. */
  readonly governor: string | null;
  /** How often the processor slowed itself down for its heat; null where the system does not tell. */
  readonly thermalThrottles: number | null;
}

export interface MachineWatch {
  elapsedMs(): number;
  /** @param ownCpuMs CPU time of the processes that were measured */
  stop(ownCpuMs: number): MachineAccount;
}

const CPUS = '/sys/devices/system/cpu';

export function watchMachine(): MachineWatch {
  const startMs = performance.now();
  const busyAtStart = busyMs();
  const ownAtStart = ownMs();
  const throttlesAtStart = thermalThrottles();
  const elapsedMs = (): number => performance.now() - startMs;
  return {
    elapsedMs,
    stop(ownCpuMs) {
      const elapsed = elapsedMs();
      const otherMs = busyMs() - busyAtStart - (ownMs() - ownAtStart) - ownCpuMs;
      const throttles = thermalThrottles();
      return {
        elapsedMs: elapsed,
        otherLoadCores: Math.max(0, otherMs / elapsed),
        cores: cpus().length,
        governor: readText(`${CPUS}/cpu0/cpufreq/scaling_governor`),
        thermalThrottles:
          throttles === null || throttlesAtStart === null ? null : throttles - throttlesAtStart,
      };
    },
  };
}

/** The smallest step that the clock was seen to take, ms. */
export function clockResolutionMs(): number {
  let smallestNs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 1000; round += 1) {
    const start = process.hrtime.bigint();
    let now = start;
    while (now === start) now = process.hrtime.bigint();
    smallestNs = Math.min(smallestNs, Number(now - start));
  }
  return smallestNs / NS_PER_MS;
}

function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

function ownMs(): number {
  return cpuUsedUs() / US_PER_MS;
}

function thermalThrottles(): number | null {
  if (process.platform !== 'linux') return null;
  const counts = readdirSync(CPUS)
    .filter((name) => /^cpu\d+$/.test(name))
    .map((cpu) => Number(readText(`${CPUS}/${cpu}/thermal_throttle/core_throttle_count`) ?? Number.NaN));
  return counts.length === 0 || counts.some(Number.isNaN)
    ? null
    : counts.reduce((sum, count) => sum + count, 0);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
