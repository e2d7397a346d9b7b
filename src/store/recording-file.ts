import { KindProbe } from '../profile/document-kind.ts';
import type { RecordedThreads } from '../profile/model.ts';
import { type DocumentKind, PROFILE_FORMATS, type ProfileKind } from '../profile/profile-formats.ts';
import { documentBytes, packingOf } from './document-bytes.ts';

/**
 * The threads of a profile, packed or not.
 *
 * @throws OutpaceError MISSING_REPORT, MALFORMED_PROFILE
 */
export async function readRecording(
  file: string,
  kind: ProfileKind = 'V8 profile',
): Promise<RecordedThreads> {
  const { packing, sizeBytes } = await packingOf(file);
  const format = PROFILE_FORMATS.find((one) => one.kind === kind);
  if (format === undefined) throw new RangeError(`no reader of ${kind}`);
  const reader =
    packing === 'none' ? await format.open(file, { sizeBytes }) : await format.open(`${file} (unpacked)`, {});
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
