import { Worker } from 'node:worker_threads';
import type { ListKey } from '../profile/cpu-profile-shape.ts';
import type { ReadList } from '../profile/json-stream.ts';
import { type Claims, claim, noClaims, OWN } from './claims.ts';

const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './reading-thread.ts' : './reading-thread.js',
  import.meta.url,
);

export interface ReadingWork {
  readonly file: string;
  readonly sizeBytes: number;
  readonly claims: Claims;
}

export interface ReadMessage {
  readonly offset: number;
  /** null where the first thread has to read it after all. */
  readonly list: ReadList | null;
}

export interface ReadAhead {
  /** Whether the list of that key and place is the second thread's; if nobody's yet, it is the caller's from now on. */
  isElsewhere(key: ListKey, offset: number): boolean;
  /** The list that the second thread reads; null where it could not. */
  list(offset: number): Promise<ReadList | null>;
  stop(): Promise<void>;
}

/** Starts a thread that reads a profile's lists of numbers while the caller reads what stands before them. */
export function readAhead(file: string, sizeBytes: number): ReadAhead {
  const claims = noClaims();
  const work: ReadingWork = { file, sizeBytes, claims };
  const worker = new Worker(THREAD, { workerData: work });
  const lists = new Map<number, ReadList | null>();
  let ended = false;
  let wake = (): void => undefined;
  worker.on('message', ({ offset, list }: ReadMessage) => {
    lists.set(offset, list);
    wake();
  });
  // Whatever it fails at, the caller reads by itself.
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    ended = true;
    wake();
  });
  return {
    isElsewhere: (key, offset) => claim(claims, key, OWN) === offset,
    async list(offset) {
      while (!lists.has(offset) && !ended) await new Promise<void>((resolve) => (wake = resolve));
      return lists.get(offset) ?? null;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
