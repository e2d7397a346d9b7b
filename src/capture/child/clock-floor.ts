import { nowNs } from './clock.ts';

const READINGS = 1000;
// Taken before an implementation can put another in its place.
const NEVER_NS = Number.POSITIVE_INFINITY;

/**
 * The shortest time that the clock can show: the least difference of two readings, one right after the other, ns.
 *
 * After a thousand readings the code around the clock is compiled, as it is around repetitions.
 */
export function clockFloorNs(): number {
  let least = NEVER_NS;
  let last = nowNs();
  for (let reading = 0; reading < READINGS; reading += 1) {
    const next = nowNs();
    if (next > last && next - last < least) least = next - last;
    last = next;
  }
  return least;
}
