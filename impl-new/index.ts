import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { chunkCount, type JobInput, parseInput } from '../impl-old/job.ts';
import { chunkBytes } from './chunk-text.ts';
import { workerCount } from './plan.ts';

/** Asked for ahead of what a worker has delivered, so that it need not wait for the next number. */
const CHUNKS_IN_FLIGHT = 2;
/** Finished chunks that wait for their turn; beyond this nobody starts another, which bounds the memory. */
const CHUNKS_AHEAD = 64;

/** The same bytes as the old implementation, made chunk by chunk on worker threads and on the main thread. */
export async function* run(rawInput: unknown): AsyncGenerator<Uint8Array> {
  const input = parseInput(rawInput);
  const encoder = new TextEncoder();
  yield encoder.encode('[');
  yield* chunksInOrder(input);
  yield encoder.encode(']');
}

async function* chunksInOrder(input: JobInput): AsyncGenerator<Uint8Array> {
  const total = chunkCount(input.users);
  const finished = new Map<number, Uint8Array>();
  let nextToStart = 0;
  let nextToYield = 0;
  let failure: unknown;

  const workers = Array.from({ length: workerCount(input) }, (_, index) => {
    const url = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
    return new Worker(url, { name: `writer-${index + 1}`, workerData: { input } });
  });
  const mayStart = () => nextToStart < total && nextToStart < nextToYield + CHUNKS_AHEAD;
  const idle = new Map<Worker, number>(workers.map((worker) => [worker, CHUNKS_IN_FLIGHT]));
  const feed = () => {
    for (const [worker, places] of idle) {
      let left = places;
      for (; left > 0 && mayStart(); left -= 1) worker.postMessage(nextToStart++);
      idle.set(worker, left);
    }
  };
  const ended = workers.map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
  for (const worker of workers) {
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => {
      if (nextToYield < total) failure ??= new Error('a worker ended before its work was done');
    });
    worker.on('message', ({ index, bytes }: { index: number; bytes: Uint8Array }) => {
      finished.set(index, bytes);
      idle.set(worker, (idle.get(worker) ?? 0) + 1);
      feed();
    });
  }

  try {
    feed();
    while (nextToYield < total) {
      const bytes = finished.get(nextToYield);
      if (bytes !== undefined) {
        finished.delete(nextToYield);
        nextToYield += 1;
        feed();
        yield bytes;
        continue;
      }
      if (mayStart()) {
        const index = nextToStart++;
        finished.set(index, chunkBytes(index, input));
        // Lets the workers' messages in.
        if (workers.length > 0) await turnOfTheLoop();
      } else {
        await anyMessage(workers);
      }
      if (failure !== undefined) throw failure;
    }
    for (const worker of workers) worker.postMessage(null);
    await Promise.all(ended);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Until a worker says anything, its end and its failure included. */
async function anyMessage(workers: readonly Worker[]): Promise<void> {
  const listening = new AbortController();
  await new Promise<void>((resolve) => {
    const woken = () => {
      listening.abort();
      resolve();
    };
    for (const worker of workers) {
      for (const event of ['message', 'error', 'exit']) {
        worker.once(event, woken);
        listening.signal.addEventListener('abort', () => worker.off(event, woken));
      }
    }
  });
}
