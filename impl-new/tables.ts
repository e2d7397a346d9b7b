import type { Faker } from '@faker-js/faker';
import { COUNTRIES, SYSTEM_TRIPLETS } from '../impl-old/job.ts';
import { type Piece, TextPool } from './text-pool.ts';

/** A name as the record shows it, and as it stands in user names and e-mail addresses. */
export interface Name {
  readonly shown: Piece;
  readonly handle: Piece;
}

/** A choice by weight, as faker's `weightedArrayElement` makes it. */
export interface FirstNames {
  readonly ofSex: readonly Name[];
  /** The weight of `ofSex` and that of all. */
  readonly weightOfSex: number;
  readonly weightOfAll: number;
}

/** Part of the name of a street. */
export type StreetPart =
  | { readonly kind: 'text'; readonly text: Piece }
  | { readonly kind: 'first name' }
  | { readonly kind: 'last name' }
  | { readonly kind: 'one of'; readonly texts: readonly Piece[] };

/** The parts of a record that never change, before those that do; `uuid` has its digits still to come. */
export const FIXED_TEXTS = {
  userId: '{"user_id":"',
  userName: '","user_name":"',
  firstName: '","first_name":"',
  lastName: '","last_name":"',
  age: '","age":',
  houseNumber: ',"address":{"house_number":"',
  streetName: '","street_name":"',
  city: '","city":"',
  country: '","country":"',
  postCode: '","post_code":"',
  email: '"},"email_address":"',
  phoneNumber: '","phone_number":"',
  ipv4: '","device":{"ipv4_address":"',
  ipv6: '","ipv6_address":"',
  mac: '","mac_address":"',
  deviceId: '","UUID":"',
  systemTriplet: '","system_triplet":"',
  end: '"}}',
  uuid: '00000000-0000-4000-0000-000000000000',
} as const;

/** Everything that users are made of, drawn from by index: faker's own tables, as bytes. It can be sent to a worker. */
export interface Tables {
  /** Of the pool that all pieces here are of. */
  readonly words: Float64Array<SharedArrayBuffer>;
  readonly fixed: Readonly<Record<keyof typeof FIXED_TEXTS, Piece>>;
  readonly countries: readonly { readonly country: Piece; readonly cities: readonly Piece[] }[];
  /** By faker's order of the sexes: female, male. */
  readonly firstNames: readonly FirstNames[];
  readonly anyFirstNames: readonly Name[];
  readonly lastNames: readonly Name[];
  /** How many last names a person has, by weight. */
  readonly lastNameCounts: readonly { readonly count: number; readonly weight: number }[];
  readonly streetPatterns: readonly (readonly StreetPart[])[];
  /** Codes of characters; `#` stands for a digit, in phone numbers `!` for one of 2 to 9. */
  readonly buildingNumbers: readonly (readonly number[])[];
  readonly postCodes: readonly (readonly number[])[];
  readonly phoneNumbers: readonly (readonly number[])[];
  readonly emailProviders: readonly Piece[];
  readonly systemTriplets: readonly Piece[];
}

/**
 * The tables behind a faker, in the form that the writer draws from.
 *
 * @throws RangeError where they hold what the writer does not know: a newer faker whose draws may have changed too
 */
export function tablesOf(faker: Faker): Tables {
  const { person, location, phone_number: phone, internet } = faker.definitions;
  const { female = [], male = [], generic = [] } = person.first_name;
  const pool = new TextPool();
  const text = (value: string): Piece => pool.add(value);
  const name = (value: string): Name => nameOf(value, pool);
  return {
    fixed: mapValues(FIXED_TEXTS, text),
    countries: COUNTRIES.map(({ country, cities }) => ({
      country: text(inJson(country)),
      cities: cities.map((city) => text(inJson(city))),
    })),
    firstNames: [female, male].map((names) => {
      const weightOfSex = 3 * Math.sqrt(names.length);
      return { ofSex: names.map(name), weightOfSex, weightOfAll: weightOfSex + Math.sqrt(generic.length) };
    }),
    anyFirstNames: generic.map(name),
    lastNames: (person.last_name.generic ?? []).map(name),
    lastNameCounts: lastNameCounts(person.last_name_pattern?.generic ?? []),
    streetPatterns: location.street_pattern.map((pattern) => streetParts(pattern, location, pool)),
    buildingNumbers: codesOf(location.building_number),
    postCodes: codesOf([location.postcode].flat()),
    phoneNumbers: codesOf(phone.format.human),
    emailProviders: internet.free_email.map((provider) => text(inJson(`@${provider}`))),
    systemTriplets: SYSTEM_TRIPLETS.map(text),
    // Last, when all texts are in.
    words: pool.words(),
  };
}

/** As it stands between the quotes of JSON. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function nameOf(name: string, pool: TextPool): Name {
  const shown = pool.add(name);
  if (/^[A-Za-z-]+$/.test(name)) return { shown, handle: shown };
  const handle = name.replaceAll(/[' ]/g, '');
  // Faker would transliterate what is no ASCII, and e-mail addresses would lose other characters.
  if (!/^[A-Za-z-]+$/.test(handle)) throw unknown(`the name ${JSON.stringify(name)}`);
  return { shown, handle: pool.add(handle) };
}

function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (value: From) => To,
) {
  const mapped = Object.entries<From>(record).map(([key, value]) => [key, map(value)]);
  return Object.fromEntries(mapped) as Record<Key, To>;
}

const ONE_LAST_NAME = '{{person.last_name.generic}}';

function lastNameCounts(patterns: readonly { readonly value: string; readonly weight: number }[]) {
  return patterns.map(({ value, weight }) => {
    const names = value.split('-');
    if (names.some((name) => name !== ONE_LAST_NAME)) throw unknown(`the last name ${JSON.stringify(value)}`);
    return { count: names.length, weight };
  });
}

type StreetTables = { readonly street_suffix: readonly string[]; readonly street_name: readonly string[] };

function streetParts(pattern: string, tables: StreetTables, pool: TextPool): StreetPart[] {
  const oneOf = (texts: readonly string[]): StreetPart => ({
    kind: 'one of',
    texts: texts.map((text) => pool.add(inJson(text))),
  });
  return pattern.split(/(\{\{[^}]*\}\})/).flatMap((part): StreetPart | [] => {
    switch (part) {
      case '':
        return [];
      case '{{person.firstName}}':
        return { kind: 'first name' };
      case '{{person.lastName}}':
        return { kind: 'last name' };
      case '{{location.street_suffix}}':
        return oneOf(tables.street_suffix);
      case '{{location.street_name}}':
        return oneOf(tables.street_name);
      default:
        if (part.includes('{{')) throw unknown(`the street ${JSON.stringify(pattern)}`);
        return { kind: 'text', text: pool.add(inJson(part)) };
    }
  });
}

function codesOf(patterns: readonly string[]): number[][] {
  return patterns.map((pattern) => {
    if (!/^[\d#!().x +-]+$/.test(pattern)) throw unknown(`the number ${JSON.stringify(pattern)}`);
    return [...pattern].map((character) => character.charCodeAt(0));
  });
}

function unknown(what: string): RangeError {
  return new RangeError(`faker's tables hold ${what}, which the writer does not know how to draw`);
}
