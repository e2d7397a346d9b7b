const WORDS = 624;
const MIDDLE = 397;
const UPPER_BIT = 0x80000000;
const LOWER_BITS = 0x7fffffff;
const MATRIX = 0x9908b0df;
/** A draw's first word gives 27 of its 53 bits, the second one 26. */
const HIGH_UNIT = 2 ** 27;
const LOW_UNIT = 2 ** 26;
const UNIT_53 = 2 ** -53;

/**
 * Faker's random numbers, number for number: the Mersenne Twister MT19937 (Matsumoto & Nishimura 1998), two of its words
 * for each draw of 53 bits.
 *
 * Most draws ask for one of a few, for which the first word nearly always decides; only then is the second one computed.
 */
export class Draws {
  readonly #words = new Int32Array(WORDS);
  #at = WORDS;

  seed(seed: number): void {
    const words = this.#words;
    words[0] = seed;
    for (let index = 1; index < WORDS; index += 1) {
      const last = words[index - 1] ?? 0;
      words[index] = Math.imul(1812433253, last ^ (last >>> 30)) + index;
    }
    this.#at = WORDS;
  }

  /** One of 0 to count − 1, as `faker.number.int` draws it; `count` at most 2^20. */
  below(count: number): number {
    const at = this.#next();
    const scaled = (this.#tempered(at) >>> 5) * count;
    const index = (scaled / HIGH_UNIT) | 0;
    // Only so near the next number can the second word, which is worth less than one unit of the first, bring it there.
    if (scaled - index * HIGH_UNIT < HIGH_UNIT - count) return index;
    return Math.floor(this.#fractionAt(at) * count);
  }

  /** One of 16, which the four highest bits decide. */
  hex(): number {
    return this.#tempered(this.#next()) >>> 28;
  }

  /** All 32 bits of `faker.number.int(2 ** 32 - 1)`, as a signed number. */
  bits32(): number {
    const at = this.#next();
    return ((this.#tempered(at) >>> 5) << 5) | (this.#tempered(at + 1) >>> 27);
  }

  /** In [0, 1), as `faker.number.float` has it. */
  fraction(): number {
    return this.#fractionAt(this.#next());
  }

  #fractionAt(at: number): number {
    return ((this.#tempered(at) >>> 5) * LOW_UNIT + (this.#tempered(at + 1) >>> 6)) * UNIT_53;
  }

  /** Where the two words of the next draw are. */
  #next(): number {
    if (this.#at === WORDS) this.#twist();
    const at = this.#at;
    this.#at = at + 2;
    return at;
  }

  #tempered(at: number): number {
    let word = this.#words[at] ?? 0;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return word ^ (word >>> 18);
  }

  #twist(): void {
    const words = this.#words;
    let word = words[0] ?? 0;
    for (let index = 0; index < WORDS - MIDDLE; index += 1) {
      const following = words[index + 1] ?? 0;
      words[index] = twisted(word, following) ^ (words[index + MIDDLE] ?? 0);
      word = following;
    }
    for (let index = WORDS - MIDDLE; index < WORDS - 1; index += 1) {
      const following = words[index + 1] ?? 0;
      words[index] = twisted(word, following) ^ (words[index + MIDDLE - WORDS] ?? 0);
      word = following;
    }
    words[WORDS - 1] = twisted(word, words[0] ?? 0) ^ (words[MIDDLE - 1] ?? 0);
    this.#at = 0;
  }
}

function twisted(word: number, following: number): number {
  const bits = (word & UPPER_BIT) | (following & LOWER_BITS);
  return (bits >>> 1) ^ (-(bits & 1) & MATRIX);
}
