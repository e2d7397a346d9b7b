import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { messageOf, OutpaceError } from '../../base/errors.ts';
import { findPeer } from './peer.ts';

export interface ZeroXRequest {
  readonly root: string;
  /** An empty folder to work in. */
  readonly folder: string;
  /** As `zeroXProfile` makes it. */
  readonly profile: string;
  readonly title: string;
}

/**
 * One page with an interactive flame graph.
 *
 * @throws OutpaceError MISSING_PACKAGE, or TOOL_FAILED where 0x draws nothing
 */
export async function drawWithZeroX({ root, folder, profile, title }: ZeroXRequest): Promise<string> {
  const { default: zeroX } = await import(pathToFileURL(findPeer(root, '0x', 'index.js')).href);
  const file = join(folder, 'thread.cpuprofile');
  await writeFile(file, profile);
  try {
    const page: string = await zeroX({
      argv: [],
      workingDir: folder,
      visualizeCpuProfile: file,
      name: basename(file, '.cpuprofile'),
      title,
    });
    return await readFile(fileURLToPath(page), 'utf8');
  } catch (error) {
    // It throws strings, too.
    throw new OutpaceError('TOOL_FAILED', `0x could not draw ${title}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
