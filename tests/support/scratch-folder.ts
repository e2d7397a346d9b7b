import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly scratchFolder: string;
  }
}

/** One folder holds what all tests write; nothing of it is left when they end. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'outpace-test-'));
  // A test that runs outpace as another user lets that user in.
  await chmod(folder, 0o755);
  project.provide('scratchFolder', folder);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
