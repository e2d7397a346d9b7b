import { relative, sep } from 'node:path';
import type { World } from '../../capture/world.ts';
import { changesThatCount } from '../../store/loaded-files.ts';
import { isInside, realPath } from '../../store/trees.ts';

/**
 * The changes to the repository that are not committed, read before anything is measured.
 *
 * @param leftOut folders that do not count
 */
export async function uncommittedIn(
  { world, root }: { readonly world: Pick<World, 'repository'>; readonly root: string },
  leftOut: readonly string[],
) {
  const { repositoryTop, uncommittedFiles } = await world.repository();
  // A baseline needs no repository.
  const top = await repositoryTop(root).catch(() => null);
  const listed = top === null ? [] : await uncommittedFiles(top);
  // A folder that holds the whole project cannot be left out.
  const folders = (await Promise.all(leftOut.map(realPath))).filter((folder) => !isInside(folder, root));
  const changed = listed.filter((file) => !folders.some((folder) => isInside(folder, file)));
  return {
    /** Those that can affect what loaded these files, named from the project's folder. */
    async thatCount(loaded: readonly string[]): Promise<string[]> {
      if (top === null) return [];
      const files = await changesThatCount(changed, { top, root, loaded });
      return files.toSorted().map((file) => relative(root, file).split(sep).join('/'));
    },
  };
}
