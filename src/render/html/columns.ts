import { US_PER_MS } from '../../base/units.ts';

/** Sample times stand to the microsecond, which is what V8 tells. */
export const STEPS_PER_MS = US_PER_MS;

/** Whole numbers as bytes: seven bits a byte, the lowest first, the sign in the lowest bit; small ones take one byte. */

/** @param values whole, each smaller than 2^52 in size */
export function writeVarints(values: Iterable<number>, bytes: number[]): void {
  for (const value of values) {
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    // Not by shifting, which knows 32 bits only.
    while (rest >= 128) {
      bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  }
}

export class VarintReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws RangeError where the bytes end too early */
  next(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new RangeError('the recording ends too early');
      this.#at += 1;
      value += (byte & 127) * weight;
      if (byte < 128) break;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
