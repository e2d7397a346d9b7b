import { availableParallelism } from 'node:os';
import { chunkCount, type JobInput } from '../impl-old/job.ts';

/**
 * What one thread writes while a worker starts. `scripts/benchmark-job.ts` measures both: about 80 ms until a worker's
 * first chunk on a 2-core machine, and 2.5 µs a user.
 */
const USERS_PER_WORKER_START = 30_000;

/**
 * Below this, loading the writer takes more memory than faker takes for the users, about 17 MB, 12 of them for the
 * stripping of the types. It would take less time from about 64 users on.
 */
const FEWEST_USERS_FOR_TABLES = 900;

export function isWorthTables({ users, workers }: JobInput): boolean {
  return users >= FEWEST_USERS_FOR_TABLES || workers !== 'auto';
}

/** How many workers join the main thread: as many as asked for, else as many as the work pays for. */
export function workerCount(input: JobInput): number {
  const chunks = chunkCount(input.users);
  if (input.workers !== 'auto') return Math.min(input.workers, chunks);
  const worthStarting = Math.floor(input.users / USERS_PER_WORKER_START);
  return Math.min(availableParallelism() - 1, worthStarting);
}
