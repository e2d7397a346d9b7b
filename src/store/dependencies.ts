import { lstat, readdir, readFile, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { installCommand, LOCKFILES } from './install-command.ts';

/** How a tree of another commit comes by its packages. */
export type Dependencies =
  | { readonly kind: 'none' }
  | { readonly kind: 'shared' }
  | { readonly kind: 'to be installed'; readonly command: readonly string[] };

/** Shares the installed packages where both trees lock the same; says what else is to be done. */
export async function shareDependencies(from: string, to: string): Promise<Dependencies> {
  const packages = join(from, 'node_modules');
  if (!(await exists(packages))) return { kind: 'none' };
  for (const name of LOCKFILES) {
    const [here, there] = [await textOf(join(from, name)), await textOf(join(to, name))];
    if (there === null && here === null) continue;
    if (there === null) return { kind: 'none' };
    // A workspace's packages are links into the tree that they were installed in: shared, they would be this tree's.
    if (here !== there || (await hasLinksElsewhere(packages)))
      return { kind: 'to be installed', command: await installCommand(name, { here: from, there: to }) };
  }
  if (!(await exists(join(to, 'node_modules'))))
    await symlink(packages, join(to, 'node_modules'), 'junction');
  return { kind: 'shared' };
}

/** Whether a package, or a scope's, is a link to somewhere that is no `node_modules`. */
async function hasLinksElsewhere(packages: string): Promise<boolean> {
  for (const entry of await readdir(packages, { withFileTypes: true })) {
    const path = join(packages, entry.name);
    if (entry.isSymbolicLink() && !(await realpath(path).catch(() => path)).includes('node_modules'))
      return true;
    if (entry.isDirectory() && entry.name.startsWith('@') && (await hasLinksElsewhere(path))) return true;
  }
  return false;
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
