import { readdirSync, rmSync } from 'node:fs';

/**
 * Removes claimed folders at once, when this process is about to end. One that holds other folders, such as a tree with its
 * packages, takes too long: the next run removes it.
 */
export function removeClaimedNow(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      const holdsFolders = readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory());
      if (!holdsFolders) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Gone already, or the next run's.
    }
  }
}
