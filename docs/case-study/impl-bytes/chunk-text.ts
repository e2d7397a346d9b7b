import { faker } from '@faker-js/faker/locale/en';
import { chunkAt, type JobInput, seedOfChunk } from '../../../impl-old/job.ts';
import { createUser } from '../../../impl-old/record.ts';

/** The users of some chunks as JSON; a comma leads all but the first user. */
export function chunkText(
  input: JobInput,
  chunks: { readonly first: number; readonly end: number },
): Uint8Array<ArrayBuffer> {
  const parts: string[] = [];
  for (let index = chunks.first; index < chunks.end; index += 1) {
    const { firstUser, endUser } = chunkAt(index, input.users);
    faker.seed(seedOfChunk(input.seed, index));
    for (let user = firstUser; user < endUser; user += 1) {
      parts.push(`${user === 0 ? '' : ','}${JSON.stringify(createUser(faker))}`);
    }
  }
  return new TextEncoder().encode(parts.join(''));
}
