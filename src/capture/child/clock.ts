import { NS_PER_US } from '../../base/units.ts';

/** The monotonic clock that V8 stamps its profiles with, µs. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / BigInt(NS_PER_US));
}
