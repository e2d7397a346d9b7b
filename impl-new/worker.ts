import { parentPort, workerData } from 'node:worker_threads';
import type { JobInput } from '../impl-old/job.ts';
import { chunkBytes } from './chunk-text.ts';

/** Makes the chunks it is asked for and transfers their bytes, until it is told that there are no more. */
const { input }: { input: JobInput } = workerData;

parentPort?.on('message', (index: number | null) => {
  if (index === null) {
    parentPort?.close();
    return;
  }
  const bytes = chunkBytes(index, input);
  parentPort?.postMessage({ index, bytes }, [bytes.buffer]);
});
