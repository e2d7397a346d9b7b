import { faker } from '@faker-js/faker/locale/en';
import { chunkCount, type JobInput } from '../impl-old/job.ts';
import { chunkBytes } from './chunk-bytes.ts';
import { workerCount } from './plan.ts';
import { type Tables, tablesOf } from './tables.ts';

/** The users' bytes from the compiled writer. */
export async function* writtenUsers(input: JobInput): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode('[');
  yield* chunksInOrder(input, tablesOf(faker));
  yield encoder.encode(']');
}

async function* chunksInOrder(input: JobInput, tables: Tables): AsyncGenerator<Uint8Array> {
  const workers = workerCount(input);
  if (workers > 0) {
    const { chunksWithWorkers } = await import('./chunks-with-workers.ts');
    yield* chunksWithWorkers(input, tables, workers);
    return;
  }
  for (let index = 0; index < chunkCount(input.users); index += 1) yield chunkBytes(index, input, tables);
}
