import { availableParallelism } from 'node:os';
import { chunkCount, type JobInput } from '../impl-old/job.ts';

/** A worker that imports faker starts in 60 to 90 ms on a 2-core machine, in which one thread makes about this many users. */
const USERS_PER_WORKER_START = 10_000;

/** How many workers join the main thread: as many as asked for, else as many as the work pays for. */
export function workerCount(input: JobInput): number {
  const chunks = chunkCount(input.users);
  if (input.workers !== 'auto') return Math.min(input.workers, chunks);
  const worthStarting = Math.floor(input.users / USERS_PER_WORKER_START);
  return Math.min(availableParallelism() - 1, worthStarting);
}
