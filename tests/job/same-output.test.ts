import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { run as runNew } from '../../impl-new/index.ts';
import { run as runOld } from '../../impl-old/index.ts';
import { COUNTRIES, chunkAt, chunkCount } from '../../impl-old/job.ts';

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
