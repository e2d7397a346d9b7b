import type { ListKey } from '../profile/cpu-profile-shape.ts';

const SLOTS = { samples: 0, timeDeltas: 1 } as const satisfies Record<ListKey, number>;

/** Of each list the offset at which the second thread reads it; `OWN` where the first one does, 0 where nobody does yet. */
export type Claims = BigInt64Array<SharedArrayBuffer>;
export const OWN = -1;

export function noClaims(): Claims {
  return new BigInt64Array(
    new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT * Object.keys(SLOTS).length),
  );
}

/** Takes a list that nobody has yet; gives whose it is now. */
export function claim(claims: Claims, key: ListKey, as: number): number {
  const before = Number(Atomics.compareExchange(claims, SLOTS[key], 0n, BigInt(as)));
  return before === 0 ? as : before;
}
