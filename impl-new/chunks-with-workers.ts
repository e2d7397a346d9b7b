import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { chunkCount, type JobInput } from '../impl-old/job.ts';
import { chunkBytes } from './chunk-bytes.ts';
import { SharedQueue } from './shared-queue.ts';
import type { Tables } from './tables.ts';
import type { WriterData } from './worker.ts';

/** All chunks in order, made by this thread and so many workers, whoever is free. */
export async function* chunksWithWorkers(
  input: JobInput,
  tables: Tables,
  workers: number,
): AsyncGenerator<Uint8Array> {
  const total = chunkCount(input.users);
  const queue = new SharedQueue(total);
  const writers = startWriters(workers, { input, tables, counters: queue.counters });
  try {
    for (let next = 0; next < total; ) {
      const bytes = writers.finished.get(next);
      if (bytes !== undefined) {
        writers.finished.delete(next);
        queue.yielded();
        next += 1;
        yield bytes;
        continue;
      }
      const index = queue.take();
      if (index !== null) writers.finished.set(index, chunkBytes(index, input, tables));
      // Lets the writers' messages in; without a chunk to make there is nothing else to do.
      await (index === null ? writers.word() : turnOfTheLoop());
      if (writers.failure !== null) throw writers.failure;
    }
  } finally {
    await writers.end();
  }
}

interface Writers {
  /** Bytes by number of chunk, whoever has made them. */
  readonly finished: Map<number, Uint8Array>;
  readonly failure: unknown;
  /** Until a writer says anything, its end and its failure included. */
  word(): Promise<void>;
  end(): Promise<void>;
}

function startWriters(count: number, workerData: WriterData): Writers {
  const finished = new Map<number, Uint8Array>();
  let failure: unknown = null;
  let awaken = (): void => undefined;
  const url = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
  const workers = Array.from({ length: count }, (_, index) => {
    const worker = new Worker(url, { name: `writer-${index + 1}`, workerData });
    worker.on('message', ({ index: chunk, bytes }: { index: number; bytes: Uint8Array }) => {
      finished.set(chunk, bytes);
      awaken();
    });
    worker.on('error', (error) => {
      failure = error;
      awaken();
    });
    worker.on('exit', (code) => {
      if (code !== 0) failure ??= new Error(`a writer ended with ${code} before its work was done`);
      awaken();
    });
    return worker;
  });
  return {
    finished,
    get failure() {
      return failure;
    },
    word: () =>
      new Promise((resolve) => {
        awaken = resolve;
      }),
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
