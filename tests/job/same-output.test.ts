import { createHash } from 'node:crypto';
import { faker } from '@faker-js/faker/locale/en';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkBytes } from '../../impl-new/chunk-bytes.ts';
import { run as runNew } from '../../impl-new/index.ts';
import { tablesOf } from '../../impl-new/tables.ts';
import { run as runOld } from '../../impl-old/index.ts';
import { COUNTRIES, chunkAt, chunkCount, seedOfChunk } from '../../impl-old/job.ts';
import { createUser } from '../../impl-old/record.ts';

async function bytesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const parts = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('old and new write the same bytes', () => {
  test.each([
    { users: 0, workers: 0 },
    { users: 0, workers: 3 },
    { users: 1, workers: 0 },
    { users: 1, workers: 'auto' },
    { users: 63, workers: 'auto' },
    { users: 64, workers: 'auto' },
    { users: 1, workers: 2 },
    { users: 102, workers: 4 },
    { users: 257, workers: 1 },
    { users: 257, workers: 7 },
    { users: 10_000, workers: 0 },
    { users: 10_000, workers: 2 },
    { users: 10_000, workers: 7 },
  ])('$users users on $workers workers', async (input) => {
    const seed = 7;
    const old = await bytesOf(await runOld({ ...input, seed }));
    expect(sha256(await bytesOf(runNew({ ...input, seed })))).toBe(sha256(old));
    expect(JSON.parse(old.toString())).toHaveLength(input.users);
  });

  test('another seed gives other users', async () => {
    const one = await bytesOf(await runOld({ users: 3, seed: 1 }));
    expect(one.equals(await bytesOf(await runOld({ users: 3, seed: 2 })))).toBe(false);
  });
});

test('for any seed, size and number of workers', { timeout: 120_000 }, async () => {
  const input = fc.record({
    users: fc.nat(5000),
    seed: fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
    workers: fc.constantFrom(0, 0, 0, 1, 2),
  });
  await fc.assert(
    fc.asyncProperty(input, async (chosen) => {
      const [old, now] = [await bytesOf(await runOld(chosen)), await bytesOf(runNew(chosen))];
      expect(sha256(now)).toBe(sha256(old));
    }),
    { seed: 20, numRuns: 40 },
  );
});

describe('the writer draws from faker’s tables, and notices where they change', () => {
  const input = { users: 256, seed: 5, workers: 'auto' } as const;
  type Definitions = typeof faker.definitions;
  const changed = (change: (definitions: Definitions) => Partial<Definitions>) => {
    const definitions = { ...faker.definitions, ...change(faker.definitions) };
    return tablesOf(Object.create(faker, { definitions: { value: definitions } }));
  };

  test('unchanged, it is what run writes', async () => {
    const whole = `[${Buffer.from(chunkBytes(0, input, tablesOf(faker))).toString()}]`;
    expect(whole).toBe((await bytesOf(await runOld(input))).toString());
  });

  test.each([
    {
      what: 'a last name more',
      change: ({ person }: Definitions) => ({
        person: { ...person, last_name: { generic: [...(person.last_name.generic ?? []), 'Newcomer'] } },
      }),
    },
    {
      what: 'two providers in another order',
      change: ({ internet }: Definitions) => ({
        internet: { ...internet, free_email: internet.free_email.toReversed() },
      }),
    },
    {
      what: 'another form of post code',
      change: ({ location }: Definitions) => ({ location: { ...location, postcode: ['###'] } }),
    },
  ])('$what gives other bytes than old', async ({ change }) => {
    const whole = `[${Buffer.from(chunkBytes(0, input, changed(change))).toString()}]`;
    expect(whole).not.toBe((await bytesOf(await runOld(input))).toString());
  });

  test.each([
    {
      what: 'a name that faker would transliterate',
      change: ({ person }: Definitions) => ({ person: { ...person, last_name: { generic: ['Ödön'] } } }),
    },
    {
      what: 'a street of another kind',
      change: ({ location }: Definitions) => ({
        location: { ...location, street_pattern: ['{{company.name}} Street'] },
      }),
    },
  ])('$what is refused', ({ change }) => {
    expect(() => changed(change)).toThrow('which the writer does not know how to draw');
  });
});

test('field by field, a user is what createUser makes', async () => {
  faker.seed(seedOfChunk(9, 0));
  const expected = Array.from({ length: 200 }, () => createUser(faker));
  const written = JSON.parse((await bytesOf(runNew({ users: 200, seed: 9 }))).toString());
  expect(written).toEqual(expected);
});

test.each([0, 1, 102, 255, 256, 257, 10_000])('the chunks cover each of %i users once', (users) => {
  const covered = Array.from({ length: chunkCount(users) }, (_, index) => chunkAt(index, users)).flatMap(
    ({ firstUser, endUser }) =>
      Array.from({ length: endUser - firstUser }, (_, offset) => firstUser + offset),
  );
  expect(covered).toEqual(Array.from({ length: users }, (_, user) => user));
});

test('a record has the fields of the job, in order, and a city of its country', async () => {
  const users = JSON.parse((await bytesOf(await runOld({ users: 500, seed: 3 }))).toString());
  for (const user of users) {
    expect(Object.keys(user)).toEqual([
      'user_id',
      'user_name',
      'first_name',
      'last_name',
      'age',
      'address',
      'email_address',
      'phone_number',
      'device',
    ]);
    expect(user.user_id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(user.age).toBeGreaterThanOrEqual(18);
    expect(user.age).toBeLessThanOrEqual(100);
    const home = COUNTRIES.find(({ country }) => country === user.address.country);
    expect(home?.cities).toContain(user.address.city);
  }
});

test.each([
  { input: { users: -1 }, says: 'users must be a whole number from 0 to 9007199254740991, found -1' },
  { input: { users: 1.5 }, says: 'users must be a whole number' },
  { input: { workers: 'abc' }, says: 'workers must be a whole number from 0 to 64, found "abc"' },
])('$input is refused', async ({ input, says }) => {
  await expect(runOld(input)).rejects.toThrow(says);
  await expect(bytesOf(runNew(input))).rejects.toThrow(says);
});
