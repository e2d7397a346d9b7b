/** The second thread that reads a large profile: its lists of numbers, while the first one reads all the rest. */
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { OutpaceError } from '../base/errors.ts';
import type { ListKey } from '../profile/cpu-profile-shape.ts';
import type { ReadList } from '../profile/json-stream.ts';
import { ListReader } from '../profile/list-reader.ts';
import { claim } from './claims.ts';
import { findList } from './find-list.ts';
import type { ReadingWork, ReadMessage } from './read-ahead.ts';

const PIECE_BYTES = 1 << 20;

const { file, sizeBytes, claims }: ReadingWork = workerData;
const opened = openSync(file, 'r');
try {
  // The last one first: by the time that it is read, the other thread has mostly come to the first one by itself.
  for (const key of ['timeDeltas', 'samples'] as const) {
    const offset = findList(opened, key, 0);
    if (offset === null || claim(claims, key, offset) !== offset) continue;
    post({ offset, list: readList(key, offset) });
  }
} finally {
  closeSync(opened);
}

function post(message: ReadMessage): void {
  const buffers = message.list?.blocks.map(({ buffer }) => buffer) ?? [];
  parentPort?.postMessage(
    message,
    buffers.filter((buffer) => buffer instanceof ArrayBuffer),
  );
}

/** null where it turns out to be none, which the first thread then says in its own words. */
function readList(key: ListKey, offset: number): ReadList | null {
  // A number takes two bytes at least, its comma among them.
  const reader = new ListReader(offset, {
    wide: key === 'timeDeltas',
    atMost: Math.ceil((sizeBytes - offset) / 2) + 1,
  });
  const piece = new Uint8Array(PIECE_BYTES);
  try {
    for (let at = offset; ; ) {
      const bytesRead = readSync(opened, piece, 0, PIECE_BYTES, at);
      if (bytesRead === 0) return null;
      const list = reader.write(piece.subarray(0, bytesRead));
      if (list !== null) return list;
      at += bytesRead;
    }
  } catch (error) {
    if (error instanceof OutpaceError) return null;
    throw error;
  }
}
