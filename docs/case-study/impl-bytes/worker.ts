import { parentPort, workerData } from 'node:worker_threads';
import type { JobInput } from '../../../impl-old/job.ts';
import { chunkText } from './chunk-text.ts';

const { input, first, end }: { input: JobInput; first: number; end: number } = workerData;
const bytes = chunkText(input, { first, end });
parentPort?.postMessage(bytes, [bytes.buffer]);
