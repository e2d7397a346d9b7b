import { BYTES_PER_KIB, NS_PER_MS, NS_PER_US } from '../../base/units.ts';

// Taken before an implementation can put clocks of its own in their place.
const readNs = process.hrtime.bigint;
const { cpuUsage, threadCpuUsage, resourceUsage } = process;
const asNumber = Number;

/** The monotonic clock, ns; exact in a double for 104 days of up-time. */
export function nowNs(): number {
  return asNumber(readNs());
}

/** The monotonic clock, ms. */
export function nowMs(): number {
  return nowNs() / NS_PER_MS;
}

/** The monotonic clock that V8 stamps its profiles with, µs. */
export function nowUs(): number {
  return nowNs() / NS_PER_US;
}

/** User and system time of all threads of this process so far, µs. */
export function cpuUsedUs(): number {
  const { user, system } = cpuUsage();
  return user + system;
}

/** User and system time of this thread so far, µs. */
export function threadCpuUsedUs(): number {
  const { user, system } = threadCpuUsage();
  return user + system;
}

export function peakRssBytes(): number {
  return resourceUsage().maxRSS * BYTES_PER_KIB;
}
