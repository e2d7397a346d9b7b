import { lstat, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];

/** How a tree of another commit comes by its packages. */
export type Dependencies = 'none' | 'shared' | 'to be installed';

/** Shares the installed packages where both trees lock the same; says what else is to be done. */
export async function shareDependencies(from: string, to: string): Promise<Dependencies> {
  if (!(await exists(join(from, 'node_modules')))) return 'none';
  for (const name of LOCKFILES) {
    const [here, there] = [await textOf(join(from, name)), await textOf(join(to, name))];
    if (here !== there) return there === null ? 'none' : 'to be installed';
  }
  if (!(await exists(join(to, 'node_modules'))))
    await symlink(join(from, 'node_modules'), join(to, 'node_modules'), 'junction');
  return 'shared';
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
