/** The second thread that reads a large profile: its lists of numbers, while the first one reads all the rest. */
import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { OutpaceError } from '../base/errors.ts';
import type { ListKey } from '../profile/cpu-profile-shape.ts';
import type { ReadList } from '../profile/json-stream.ts';
import { ListReader } from '../profile/list-reader.ts';
import { findList } from './find-list.ts';
import { claimed, type ReadingWork, type ReadMessage } from './read-ahead.ts';

const PIECE_BYTES = 1 << 20;

const { file, sizeBytes, claims }: ReadingWork = workerData;
const handle = await open(file);
try {
  // The last one first: the other thread comes to the first one by itself.
  for (const key of ['timeDeltas', 'samples'] as const) {
    const offset = await findList(handle, key, 0);
    if (offset === null || claimed(claims, key, offset) !== offset) continue;
    post({ offset, list: await readList(key, offset) });
  }
} finally {
  await handle.close();
}

function post(message: ReadMessage): void {
  const buffers = message.list?.blocks.map(({ buffer }) => buffer) ?? [];
  parentPort?.postMessage(
    message,
    buffers.filter((buffer) => buffer instanceof ArrayBuffer),
  );
}

/** null where it turns out to be none, which the first thread then says in its own words. */
async function readList(key: ListKey, offset: number): Promise<ReadList | null> {
  // A number takes two bytes at least, its comma among them.
  const reader = new ListReader(offset, {
    wide: key === 'timeDeltas',
    atMost: Math.ceil((sizeBytes - offset) / 2) + 1,
  });
  const piece = new Uint8Array(PIECE_BYTES);
  try {
    for (let at = offset; ; ) {
      const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, at);
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
