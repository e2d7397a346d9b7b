import { cp, realpath, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { OutpaceError } from '../base/errors.ts';
import { ENTRY_NAMES, type Implementation } from './implementations.ts';
import { isInside, isInstalled, type TwoTrees } from './trees.ts';

/**
 * Puts this tree's implementation in the place that it would have in the other tree, so that what it imports from
 * outside its folder is the other tree's.
 *
 * An `index` module brings its folder along, unless that folder holds the project; any other module is alone.
 *
 * @returns the copied module
 * @throws OutpaceError USAGE for one that is no file of the repository
 */
export async function copyImplementation(
  trees: TwoTrees,
  { implementation, root }: { readonly implementation: Implementation; readonly root: string },
): Promise<string> {
  const entry = await realpath(implementation.entry);
  if (!isInside(trees.here, entry) || isInstalled(trees.here, entry))
    throw new OutpaceError(
      'USAGE',
      `--implementation-from this-tree copies files of the repository, and the implementation ` +
        `'${implementation.name}' is ${entry}: both sides run that file anyway`,
    );
  const folder = dirname(entry);
  const isAlone = !ENTRY_NAMES.includes(basename(entry)) || isInside(folder, root);
  const source = isAlone ? entry : folder;
  const target = join(trees.there, relative(trees.here, source));
  // What the other commit has there is not part of the implementation that is asked for.
  await rm(target, { recursive: true, force: true });
  await cp(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => basename(path) !== 'node_modules',
  });
  return join(trees.there, relative(trees.here, entry));
}
