import type { ArtefactFolders } from './artefacts.ts';
import { removeAbandoned } from './claims.ts';
import { removeAbandonedTemporaries } from './temporary.ts';

/** The folder that keeps a name for files to come, and holds them until they are complete. */
const RESERVED_NAME = /^\..+\.reserved$/;

/** Removes what runs that were killed have left: names they reserved, unfinished files, temporary folders. */
export async function removeLeftovers({ profilesDir, reportsDir }: ArtefactFolders): Promise<void> {
  for (const folder of new Set([profilesDir, reportsDir])) await removeAbandoned(folder, RESERVED_NAME);
  await removeAbandonedTemporaries();
}
