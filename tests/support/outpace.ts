import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { inject } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/outpace.js', import.meta.url));
/** The Node whose behaviour is tested; the tests themselves run on the pinned one. */
export const TEST_NODE = process.env.OUTPACE_TEST_NODE ?? process.execPath;

/** A project of its own: file names relative to it, with their text. */
export async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(inject('scratchFolder'), 'project-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

/** What these tests themselves may run in is nothing that a test's project runs in. */
const NO_WORKFLOW = { GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '' };

/** The real binary, as a user runs it. */
export function outpace(
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  user: { readonly uid?: number; readonly gid?: number } = {},
) {
  return execa(TEST_NODE, [BIN, ...args], {
    cwd: root,
    env: { ...NO_WORKFLOW, ...env },
    reject: false,
    stdin: 'ignore',
    ...user,
  });
}

const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** A project that can import what is installed here. */
export async function projectWithPackages(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await project(files);
  await symlink(PACKAGES, join(root, 'node_modules'), 'junction');
  return root;
}
