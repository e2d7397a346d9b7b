import { callEmpty, callPlain, EMPTY_BODY } from './batches.ts';
import { nowNs } from './clock.ts';
import type { ImplementationModule } from './implementation.ts';
import type { Scaling } from './messages.ts';

/** Enough that some are not disturbed on a busy machine: only the shortest time of each kind counts. */
const ROUNDS = 15;
/** The empty loop is compiled in the background, which takes a while on a busy machine. */
const WARM_UP_NS = 5e6;
const SAME_ROUNDS = 10;
const LEAST_IMPROVEMENT = 0.9;
const MOST_WARM_UP_ROUNDS = 2000;

const NEVER_NS = Number.POSITIVE_INFINITY;
const { min } = Math;

/** The shortest times of so many calls and of twice as many, of a run that returns a plain value and of an empty body. */
export function probeScaling(implementation: ImplementationModule, input: unknown, calls: number): Scaling {
  warmUpEmpty(input, calls);
  let onceNs = NEVER_NS;
  let twiceNs = NEVER_NS;
  let emptyOnceNs = NEVER_NS;
  let emptyTwiceNs = NEVER_NS;
  for (let round = 0; round < ROUNDS; round += 1) {
    onceNs = min(onceNs, timeNs(callPlain, implementation, input, calls));
    twiceNs = min(twiceNs, timeNs(callPlain, implementation, input, 2 * calls));
    emptyOnceNs = min(emptyOnceNs, timeNs(callEmpty, EMPTY_BODY, input, calls));
    emptyTwiceNs = min(emptyTwiceNs, timeNs(callEmpty, EMPTY_BODY, input, 2 * calls));
  }
  return { calls, onceNs, twiceNs, emptyOnceNs, emptyTwiceNs };
}

/** Until the empty loop gets no faster. */
function warmUpEmpty(input: unknown, calls: number): void {
  let leastNs = NEVER_NS;
  let spentNs = 0;
  let same = 0;
  for (let round = 0; round < MOST_WARM_UP_ROUNDS; round += 1) {
    const ns = timeNs(callEmpty, EMPTY_BODY, input, calls);
    spentNs += ns;
    same = ns < leastNs * LEAST_IMPROVEMENT ? 0 : same + 1;
    leastNs = min(leastNs, ns);
    if (spentNs >= WARM_UP_NS && same >= SAME_ROUNDS) return;
  }
}

function timeNs(
  loop: typeof callPlain,
  implementation: ImplementationModule,
  input: unknown,
  calls: number,
): number {
  const startNs = nowNs();
  loop(implementation, input, calls);
  return nowNs() - startNs;
}
