import { AGE_YEARS } from '../impl-old/job.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Draws } from './draws.ts';
import type { Name, StreetPart, Tables } from './tables.ts';

/** No user takes more; the longest of all tables' entries together stay below. */
export const MOST_BYTES_PER_USER = 1024;
/** Faker cuts the local part of an e-mail address here. */
const LONGEST_LOCAL_PART = 50;

const DOT = '.'.charCodeAt(0);
const UNDERSCORE = '_'.charCodeAt(0);
const DASH = '-'.charCodeAt(0);
const COLON = ':'.charCodeAt(0);
const HASH = '#'.charCodeAt(0);
const BANG = '!'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);
const HEX = codes('0123456789abcdef');
/** Faker draws from both cases and lowers them afterwards, so that letters come twice as often. */
const HEX_OF_22 = codes('0123456789abcdefabcdef');

/** Where the random digits of a UUID stand, in the order in which faker draws them: that of the variant comes last. */
const UUID_VARIANT_AT = 19;
const UUID_DIGITS_AT = [...'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'].flatMap((character, index) =>
  character === 'x' ? index : [],
);

/**
 * Writes users as JSON, each from the same draws in the same order as `createUser` makes of faker
 * (`impl-old/record.ts`), without making any value in between.
 */
export class UserWriter {
  readonly #draws: Draws;
  readonly #tables: Tables;
  readonly #out: ByteWriter;

  constructor(parts: { readonly draws: Draws; readonly tables: Tables; readonly out: ByteWriter }) {
    this.#draws = parts.draws;
    this.#tables = parts.tables;
    this.#out = parts.out;
  }

  user(): void {
    const { fixed, countries, buildingNumbers, postCodes, phoneNumbers, systemTriplets } = this.#tables;
    const out = this.#out;
    const { country, cities } = this.#oneOf(countries);
    const city = this.#oneOf(cities);
    out.piece(fixed.userId);
    this.#uuid();
    out.piece(fixed.userName);
    this.#username();
    out.piece(fixed.firstName);
    out.piece(this.#firstName().shown);
    out.piece(fixed.lastName);
    this.#lastName('shown');
    out.piece(fixed.age);
    out.number(AGE_YEARS.min + this.#draws.below(AGE_YEARS.max - AGE_YEARS.min + 1));
    out.piece(fixed.houseNumber);
    this.#buildingNumber(this.#oneOf(buildingNumbers));
    out.piece(fixed.streetName);
    for (const part of this.#oneOf(this.#tables.streetPatterns)) this.#streetPart(part);
    out.piece(fixed.city);
    out.piece(city);
    out.piece(fixed.country);
    out.piece(country);
    out.piece(fixed.postCode);
    this.#digits(this.#oneOf(postCodes));
    out.piece(fixed.email);
    this.#email();
    out.piece(fixed.phoneNumber);
    this.#digits(this.#oneOf(phoneNumbers));
    out.piece(fixed.ipv4);
    this.#ipv4();
    out.piece(fixed.ipv6);
    this.#ipv6();
    out.piece(fixed.mac);
    this.#mac();
    out.piece(fixed.deviceId);
    this.#uuid();
    out.piece(fixed.systemTriplet);
    out.piece(this.#oneOf(systemTriplets));
    out.piece(fixed.end);
  }

  /** As `faker.helpers.arrayElement`, which draws nothing where there is no choice. */
  #oneOf<Value>(values: readonly Value[]): Value {
    const value = values[values.length > 1 ? this.#draws.below(values.length) : 0];
    if (value === undefined) throw new RangeError('nothing to choose from');
    return value;
  }

  #uuid(): void {
    const start = this.#out.sizeBytes;
    this.#out.piece(this.#tables.fixed.uuid);
    for (let index = 0; index < UUID_DIGITS_AT.length; index += 1) {
      this.#out.replace(start + (UUID_DIGITS_AT[index] ?? 0), HEX[this.#draws.hex()] ?? ZERO);
    }
    this.#out.replace(start + UUID_VARIANT_AT, HEX[8 + this.#draws.below(4)] ?? ZERO);
  }

  #firstName(): Name {
    const { ofSex, weightOfSex, weightOfAll } = this.#oneOf(this.#tables.firstNames);
    const isOfSex = this.#draws.fraction() * weightOfAll < weightOfSex;
    return this.#oneOf(isOfSex ? ofSex : this.#tables.anyFirstNames);
  }

  #lastName(form: keyof Name): void {
    const { lastNames, lastNameCounts } = this.#tables;
    // The sex is drawn though no last name depends on it.
    this.#draws.below(2);
    const count = this.#weighted(lastNameCounts);
    this.#out.piece(this.#oneOf(lastNames)[form]);
    for (let more = 1; more < count; more += 1) {
      this.#out.character(DASH);
      this.#out.piece(this.#oneOf(lastNames)[form]);
    }
  }

  #weighted(choices: Tables['lastNameCounts']): number {
    let weightOfAll = 0;
    for (const { weight } of choices) weightOfAll += weight;
    const drawn = this.#draws.fraction() * weightOfAll;
    let weightSoFar = 0;
    for (const { count, weight } of choices) {
      weightSoFar += weight;
      if (drawn < weightSoFar) return count;
    }
    return choices.at(-1)?.count ?? 1;
  }

  /** All parts are drawn before it is known which of them are wanted, so the last name may be taken back. */
  #username(): void {
    const out = this.#out;
    out.piece(this.#firstName().handle);
    const afterFirstName = out.sizeBytes;
    out.character(DOT);
    this.#lastName('handle');
    const separator = this.#draws.below(2) === 0 ? DOT : UNDERSCORE;
    const number = this.#draws.below(100);
    const form = this.#draws.below(3);
    if (form === 2) out.cutTo(afterFirstName);
    else out.replace(afterFirstName, separator);
    if (form !== 1) out.number(number);
  }

  #email(): void {
    const out = this.#out;
    const provider = this.#oneOf(this.#tables.emailProviders);
    const start = out.sizeBytes;
    this.#username();
    if (out.sizeBytes - start > LONGEST_LOCAL_PART) out.cutTo(start + LONGEST_LOCAL_PART);
    if (out.endsWith(DOT)) out.cutTo(out.sizeBytes - 1);
    out.piece(provider);
  }

  #streetPart(part: StreetPart): void {
    switch (part.kind) {
      case 'text':
        this.#out.piece(part.text);
        break;
      case 'first name':
        this.#out.piece(this.#firstName().shown);
        break;
      case 'last name':
        this.#lastName('shown');
        break;
      case 'one of':
        this.#out.piece(this.#oneOf(part.texts));
        break;
    }
  }

  /** The first digit is not zero. */
  #buildingNumber(pattern: readonly number[]): void {
    this.#out.character(ZERO + 1 + this.#draws.below(9));
    for (let more = 1; more < pattern.length; more += 1) this.#out.character(ZERO + this.#draws.below(10));
  }

  #digits(pattern: readonly number[]): void {
    for (let index = 0; index < pattern.length; index += 1) {
      const code = pattern[index] ?? 0;
      if (code === HASH) this.#out.character(ZERO + this.#draws.below(10));
      else if (code === BANG) this.#out.character(ZERO + 2 + this.#draws.below(8));
      else this.#out.character(code);
    }
  }

  #ipv4(): void {
    const bits = this.#draws.bits32();
    this.#out.number((bits >>> 24) & 255);
    this.#out.character(DOT);
    this.#out.number((bits >>> 16) & 255);
    this.#out.character(DOT);
    this.#out.number((bits >>> 8) & 255);
    this.#out.character(DOT);
    this.#out.number(bits & 255);
  }

  #ipv6(): void {
    for (let digit = 0; digit < 32; digit += 1) {
      if (digit > 0 && digit % 4 === 0) this.#out.character(COLON);
      this.#out.character(HEX_OF_22[this.#draws.below(22)] ?? ZERO);
    }
  }

  #mac(): void {
    for (let digit = 0; digit < 12; digit += 1) {
      if (digit > 0 && digit % 2 === 0) this.#out.character(COLON);
      this.#out.character(HEX[this.#draws.hex()] ?? ZERO);
    }
  }
}

function codes(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}
