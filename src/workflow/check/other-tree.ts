/** The other commit's tree, made ready to run its own code. */
import { dirname, join, relative } from 'node:path';
import { OutpaceError } from '../../base/errors.ts';
import type { GitRef } from '../../capture/git.ts';
import type { SameFolder } from '../../capture/worktree/with-worktree.ts';
import { copyImplementation } from '../../store/copied-implementation.ts';
import { type DependencyPlan, planDependencies } from '../../store/dependencies.ts';
import { type Implementation, pathOf } from '../../store/implementations.ts';
import { localPackages, sharePackages } from '../../store/shared-packages.ts';
import {
  counterpart,
  isInside,
  isInstalled,
  optionsThere,
  realPath,
  redirectLinks,
  type TwoTrees,
} from '../../store/trees.ts';
import type { CheckRequest } from './check.ts';

export interface OtherTree {
  readonly trees: TwoTrees;
  readonly implementation: Implementation;
  readonly dependencies: DependencyPlan;
}

interface Wanted {
  /** The project's own folder first, then those above it, up to the repository's. */
  readonly folders: readonly [SameFolder, ...SameFolder[]];
  readonly against: GitRef;
  readonly here: Implementation;
  /** What the implementation is called there, such as `new@1a2b3c4d`. */
  readonly name: string;
}

/**
 * Gives the other tree its packages, and finds its implementation.
 *
 * @throws OutpaceError UNKNOWN_IMPLEMENTATION where it has none, USAGE where both sides would run the same file
 */
export async function prepareOtherTree(request: CheckRequest, wanted: Wanted): Promise<OtherTree> {
  const { folders, against, here, name } = wanted;
  const top = folders.at(-1) ?? folders[0];
  const trees = { here: await realPath(top.here), there: await realPath(top.there) };
  const copied =
    request.implementationFrom === 'this-tree'
      ? await copyImplementation(trees, { implementation: here, root: request.root })
      : null;
  const { linkedTree } = await request.world.repository();
  const { links, packages } = await linkedTree(trees.here, against.commit);
  await redirectLinks(
    trees,
    links.map((link) => join(trees.there, link)),
  );
  const dependencies = await providePackages(request, { trees, against, here, packages });
  const tree = folders[0].there;
  const found =
    copied === null
      ? await implementationThere(request, { trees, tree, against })
      : { name: here.name, entry: copied };
  const implementation = {
    ...found,
    name,
    root: tree,
    tops: [trees.there, trees.here],
    nodeOptions: optionsThere(trees, request.nodeOptions),
  };
  return { trees, implementation, dependencies };
}

async function providePackages(
  request: CheckRequest,
  {
    trees,
    against,
    here,
    packages,
  }: {
    readonly trees: TwoTrees;
    readonly against: GitRef;
    readonly here: Implementation;
    /** The folders of the other tree that have a package.json. */
    readonly packages: readonly string[];
  },
): Promise<DependencyPlan> {
  const entry = await realPath(here.entry);
  const reachable = [
    ...(isInside(trees.here, entry) && !isInstalled(trees.here, entry)
      ? foldersUpFrom(trees.here, dirname(entry))
      : []),
    ...foldersUpFrom(trees.here, request.root),
  ].toSorted((a, b) => b.length - a.length);
  const plan = await planDependencies(trees, {
    choice: request.dependencies,
    folders: [...new Set(reachable)],
  });
  const { installDependencies, packageFolders } = await request.world.repository();
  for (const { folder, command } of plan.installs) {
    request.progress.step(`installing the packages of ${against.name}: ${command.join(' ')}`);
    await installDependencies(join(trees.there, folder), { command, signal: request.signal });
  }
  const isInstalledThere = (folder: string) =>
    plan.installs.some((install) => isInside(join(trees.there, install.folder), join(trees.there, folder)));
  const all = [...new Set([...reachable, ...packages, ...(await packageFolders(trees.here))])];
  await sharePackages(trees, {
    folders: all.filter((folder) => !isInstalledThere(folder)),
    local: await localPackages(trees.here, all),
  });
  return plan;
}

/** A folder and those above it, relative to the top, which is empty. */
function foldersUpFrom(top: string, folder: string): string[] {
  const names = relative(top, folder)
    .split(/[\\/]/)
    .filter((name) => name !== '');
  return [...names.map((_, index) => join(...names.slice(0, names.length - index))), ''];
}

async function implementationThere(
  request: CheckRequest,
  { trees, tree, against }: { readonly trees: TwoTrees; readonly tree: string; readonly against: GitRef },
): Promise<Implementation> {
  const { implementationIn, after, root } = request;
  try {
    const found = await implementationIn(tree, after, (place) => placeThere(trees, { place, root, after }));
    const entry = await realPath(found.entry);
    const isShared = entry.split(/[\\/]/).includes('node_modules');
    if (!isInside(trees.there, entry) && !isShared) throw sameFile(after, entry);
    return found;
  } catch (error) {
    if (!(error instanceof OutpaceError) || error.code === 'USAGE') throw error;
    throw new OutpaceError(
      'UNKNOWN_IMPLEMENTATION',
      `${against.name} (${against.commit.slice(0, 8)}) has no implementation '${after}' to compare with. ` +
        "Use --implementation-from this-tree to run this tree's implementation with that commit's sources, " +
        '--against with a commit that has it, or `outpace check --baseline <file>`, which needs no other commit',
      { cause: error },
    );
  }
}

/** A configured place as the other tree has it: a path leads there, a package's name stays. */
async function placeThere(
  trees: TwoTrees,
  { place, root, after }: { readonly place: string; readonly root: string; readonly after: string },
): Promise<string> {
  const path = pathOf(root, place);
  if (path === null) return place;
  const own = await counterpart(trees, path);
  if (own === null) throw sameFile(after, path);
  return own;
}

function sameFile(name: string, path: string): OutpaceError {
  return new OutpaceError(
    'USAGE',
    `the implementation '${name}' is ${path}, which is not in this repository: both sides would run the same file. ` +
      'Put it in the repository, or use `outpace check --baseline <file>`',
  );
}
