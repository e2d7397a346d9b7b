import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { chunkCount, parseInput } from '../../../impl-old/job.ts';

/** Step 1, as one would begin: a worker for each core makes records, which are copied to the main thread and joined there. */
export async function run(rawInput: unknown): Promise<Uint8Array> {
  const input = parseInput(rawInput);
  const threads = availableParallelism();
  const perThread = Math.ceil(chunkCount(input.users) / threads);
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, index) => {
      const chunks = {
        first: index * perThread,
        end: Math.min((index + 1) * perThread, chunkCount(input.users)),
      };
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { input, chunks } });
      return new Promise<unknown[]>((resolve, reject) =>
        worker.once('message', resolve).once('error', reject),
      );
    }),
  );
  return new TextEncoder().encode(JSON.stringify(parts.flat()));
}
