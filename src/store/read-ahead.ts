import { Worker } from 'node:worker_threads';
import type { ListKey } from '../profile/cpu-profile-shape.ts';
import type { ReadList } from '../profile/json-stream.ts';

const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './reading-thread.ts' : './reading-thread.js',
  import.meta.url,
);
const SLOTS = { samples: 0, timeDeltas: 1 } as const satisfies Record<ListKey, number>;

export interface ReadingWork {
  readonly file: string;
  readonly sizeBytes: number;
  /** Of each list the offset at which the second thread reads it; what the first one reads itself is `OWN`, 0 is free. */
  readonly claims: BigInt64Array;
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

const OWN = -1;

/** Whose a list is: the offset at which the second thread reads it, or `OWN`; a free one is the caller's from now on. */
export function claimed(claims: BigInt64Array, key: ListKey, as: number): number {
  const before = Number(Atomics.compareExchange(claims, SLOTS[key], 0n, BigInt(as)));
  return before === 0 ? as : before;
}

/** Starts a thread that reads a profile's lists of numbers while the caller reads what stands before them. */
export function readAhead(file: string, sizeBytes: number): ReadAhead {
  const claims = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT * 2));
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
    isElsewhere: (key, offset) => claimed(claims, key, OWN) === offset,
    async list(offset) {
      while (!lists.has(offset) && !ended) await new Promise<void>((resolve) => (wake = resolve));
      return lists.get(offset) ?? null;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
