import { type DocumentKind, KindProbe } from '../profile/document-kind.ts';
import type { RecordedThreads } from '../profile/model.ts';
import { RecordingReader } from '../profile/recording-reader.ts';
import { documentBytes, packingOf } from './document-bytes.ts';

/**
 * The threads of a `.cpuprofile` or of a trace, of any size, packed or not.
 *
 * @throws OutpaceError MISSING_REPORT, MALFORMED_PROFILE
 */
export async function readRecording(file: string): Promise<RecordedThreads> {
  const { packing, sizeBytes } = await packingOf(file);
  const reader =
    packing === 'none' ? new RecordingReader(file, { sizeBytes }) : new RecordingReader(`${file} (unpacked)`);
  for await (const piece of documentBytes(file)) reader.write(piece);
  return reader.end();
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
