import { availableParallelism } from 'node:os';
import { type DocumentKind, KindProbe } from '../profile/document-kind.ts';
import type { RecordedThread } from '../profile/model.ts';
import { RecordingReader } from '../profile/recording-reader.ts';
import { documentBytes, packingOf, plainBytes } from './document-bytes.ts';
import { readAhead } from './read-ahead.ts';

/** From here on a second thread saves more than its start costs, some 100 ms of CPU time. */
const LARGE_BYTES = 1 << 26;

/**
 * The threads of a `.cpuprofile` or of a trace, of any size, packed or not.
 *
 * @param options.secondThreadFromBytes from which size on a file that is not packed is read by two threads
 * @throws OutpaceError MISSING_REPORT, MALFORMED_PROFILE
 */
export async function readRecording(
  file: string,
  { secondThreadFromBytes = availableParallelism() > 1 ? LARGE_BYTES : Number.POSITIVE_INFINITY } = {},
): Promise<RecordedThread[]> {
  const { packing, sizeBytes } = await packingOf(file);
  if (packing === 'none' && sizeBytes >= secondThreadFromBytes) return readLarge(file, sizeBytes);
  const reader =
    packing === 'none' ? new RecordingReader(file, { sizeBytes }) : new RecordingReader(`${file} (unpacked)`);
  for await (const piece of documentBytes(file)) reader.write(piece);
  return reader.end();
}

async function readLarge(file: string, sizeBytes: number): Promise<RecordedThread[]> {
  const ahead = readAhead(file, sizeBytes);
  try {
    const reader = new RecordingReader(file, { sizeBytes, isElsewhere: ahead.isElsewhere });
    for (let from: number | null = 0; from !== null; ) {
      for await (const piece of plainBytes(file, from)) if (!reader.write(piece)) break;
      const list: number | null = reader.elsewhere;
      from = list;
      if (list === null) break;
      const read = await ahead.list(list);
      reader.resume(read);
      from = read?.endOffset ?? list;
    }
    return reader.end();
  } finally {
    await ahead.stop();
  }
}

/** What a file holds, of which no more is read than is needed to tell. */
export async function kindOfFile(file: string): Promise<DocumentKind> {
  const probe = new KindProbe();
  for await (const piece of documentBytes(file)) {
    const kind = probe.write(piece);
    if (kind !== null) return kind;
  }
  return 'other';
}
