import { parentPort, workerData } from 'node:worker_threads';
import { faker } from '@faker-js/faker';
import { chunkAt, type JobInput, seedOfChunk } from '../../../impl-old/job.ts';
import { createUser } from '../../../impl-old/record.ts';

const { input, chunks }: { input: JobInput; chunks: { first: number; end: number } } = workerData;
const users = [];
for (let index = chunks.first; index < chunks.end; index += 1) {
  const { firstUser, endUser } = chunkAt(index, input.users);
  faker.seed(seedOfChunk(input.seed, index));
  for (let user = firstUser; user < endUser; user += 1) users.push(createUser(faker));
}
parentPort?.postMessage(users);
