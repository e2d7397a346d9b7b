import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of one's own, gone with all that is in it when `use` settles. */
export async function withTemporaryFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  // Without links on the way: V8 names scripts by where they really are.
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'outpace-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
