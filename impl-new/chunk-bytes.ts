import { chunkAt, type JobInput, seedOfChunk } from '../impl-old/job.ts';
import { ByteWriter } from './byte-writer.ts';
import { Draws } from './draws.ts';
import type { Tables } from './tables.ts';
import { MOST_BYTES_PER_USER, UserWriter } from './user-writer.ts';

const COMMA = ','.charCodeAt(0);

/** The users of one chunk as JSON, without the array's brackets; a comma leads all chunks but the first. */
export function chunkBytes(index: number, input: JobInput, tables: Tables): Uint8Array<ArrayBuffer> {
  const { firstUser, endUser } = chunkAt(index, input.users);
  const draws = new Draws();
  draws.seed(seedOfChunk(input.seed, index));
  const out = new ByteWriter(tables.words, (endUser - firstUser) * MOST_BYTES_PER_USER);
  const writer = new UserWriter({ draws, tables, out });
  for (let user = firstUser; user < endUser; user += 1) {
    if (user > 0) out.character(COMMA);
    writer.user();
  }
  return out.written();
}
