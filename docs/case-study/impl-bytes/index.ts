import { Worker } from 'node:worker_threads';
import { chunkCount, parseInput } from '../../../impl-old/job.ts';
import { chunkText } from './chunk-text.ts';

/** Step 2: one worker and the main thread each make half; the worker imports faker's one language, and transfers bytes. */
export async function run(rawInput: unknown): Promise<Uint8Array[]> {
  const input = parseInput(rawInput);
  const total = chunkCount(input.users);
  const half = Math.ceil(total / 2);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { input, first: half, end: total },
  });
  const theirs = new Promise<Uint8Array>((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  );
  const ours = chunkText(input, { first: 0, end: half });
  const encoder = new TextEncoder();
  return [encoder.encode('['), ours, await theirs, encoder.encode(']')];
}
