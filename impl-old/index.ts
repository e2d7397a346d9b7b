import { faker } from '@faker-js/faker/locale/en';
import { chunkAt, chunkCount, parseInput, seedOfChunk } from './job.ts';
import { createUser } from './record.ts';

/** One string of a million users passes V8's limit on the length of a string, so the text is made per block. */
const USERS_PER_BLOCK = 64 * 256;

/** The plain version: a loop over faker calls, records in an array, JSON.stringify. */
export async function run(rawInput: unknown): Promise<Uint8Array[]> {
  const input = parseInput(rawInput);
  const users = [];
  for (let index = 0; index < chunkCount(input.users); index += 1) {
    const { firstUser, endUser } = chunkAt(index, input.users);
    faker.seed(seedOfChunk(input.seed, index));
    for (let user = firstUser; user < endUser; user += 1) users.push(createUser(faker));
  }

  const encoder = new TextEncoder();
  const blocks = [encoder.encode('[')];
  for (let start = 0; start < users.length; start += USERS_PER_BLOCK) {
    const text = JSON.stringify(users.slice(start, start + USERS_PER_BLOCK)).slice(1, -1);
    blocks.push(encoder.encode(start === 0 ? text : `,${text}`));
  }
  blocks.push(encoder.encode(']'));
  return blocks;
}
