import { parentPort, workerData } from 'node:worker_threads';
import { chunkCount, type JobInput } from '../impl-old/job.ts';
import { chunkBytes } from './chunk-bytes.ts';
import { SharedQueue } from './shared-queue.ts';
import type { Tables } from './tables.ts';

/** Makes the chunks that are left for it and transfers their bytes, until there are none. */
const { input, tables, counters }: WriterData = workerData;

export interface WriterData {
  readonly input: JobInput;
  readonly tables: Tables;
  readonly counters: SharedArrayBuffer;
}

const queue = new SharedQueue(chunkCount(input.users), counters);
for (let index = queue.takeOrWait(); index !== null; index = queue.takeOrWait()) {
  const bytes = chunkBytes(index, input, tables);
  parentPort?.postMessage({ index, bytes }, [bytes.buffer]);
}
