import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, OutpaceError } from '../base/errors.ts';

/**
 * Whether files can be created in a folder, found out before anything is measured for it; a missing folder is created.
 *
 * @param name of the file that is tried; as long as any that will be written there, where that is known
 * @throws OutpaceError STORE_FAILED
 */
export async function assertFolderWritable(
  folder: string,
  name = `.outpace.${process.pid}.partial`,
): Promise<void> {
  const probe = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await (await open(probe, 'w')).close();
    await rm(probe, { force: true });
  } catch (error) {
    const found = `files cannot be written in ${folder}: ${messageOf(error)}`;
    throw new OutpaceError('STORE_FAILED', found, { cause: error });
  }
}
