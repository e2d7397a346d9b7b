import { faker } from '@faker-js/faker/locale/en';
import { chunkAt, type JobInput, seedOfChunk } from '../impl-old/job.ts';
import { createUser } from '../impl-old/record.ts';

const encoder = new TextEncoder();

/** The users of one chunk as JSON, without the array's brackets; a comma leads all chunks but the first. */
export function chunkBytes(index: number, input: JobInput): Uint8Array<ArrayBuffer> {
  const { firstUser, endUser } = chunkAt(index, input.users);
  faker.seed(seedOfChunk(input.seed, index));
  const parts = [];
  for (let user = firstUser; user < endUser; user += 1) parts.push(JSON.stringify(createUser(faker)));
  return encoder.encode(`${index === 0 ? '' : ','}${parts.join(',')}`);
}
