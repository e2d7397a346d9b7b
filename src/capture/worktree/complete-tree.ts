import { mkdir, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { git, tried } from '../run-git.ts';
import { type CheckedOut, entriesThere, gitThere, type IndexEntry } from './checked-out.ts';
import { fillFilteredFiles } from './filtered-files.ts';
import type { MissingContent } from './missing-content.ts';
import { quietSettings, SETTING_VARIABLES } from './quiet-settings.ts';

/** Puts in what a checkout alone leaves out, without running a command of the repository; what cannot be had is returned. */
export async function completeTree(tree: CheckedOut): Promise<MissingContent[]> {
  const entries = await entriesThere(tree);
  const missing = await fillFilteredFiles(tree, entries);
  const submodules = entries.filter(({ mode }) => mode === '160000');
  if (submodules.length === 0) return missing;
  const names = await submoduleNames(tree);
  for (const submodule of submodules) {
    missing.push(...(await fillSubmodule(tree, { submodule, name: names.get(submodule.path) ?? null })));
  }
  return missing;
}

async function fillSubmodule(
  tree: CheckedOut,
  { submodule, name }: { readonly submodule: IndexEntry; readonly name: string | null },
): Promise<MissingContent[]> {
  const { path, object: commit } = submodule;
  const [folder, here] = [join(tree.folder, path), join(tree.here, path)];
  const prefix = `${tree.prefix}${path}`;
  const isHere = await exists(join(here, '.git'));
  const gitFolder = await gitFolderOf(tree, { here: isHere ? here : null, name });
  const hasCommit =
    gitFolder !== null &&
    (await tried(tree.folder, ['--git-dir', gitFolder, 'cat-file', '-e', `${commit}^{commit}`])) !== null;
  if (!hasCommit) {
    const [reason, remedy] = isHere
      ? [`the submodule's commit ${commit} has not been fetched`, `git -C ${prefix} fetch origin ${commit}`]
      : ['the submodule has not been fetched', `git submodule update --init ${prefix}`];
    return [{ path: prefix, reason, remedy, hereToo: isHere }];
  }
  await mkdir(folder, { recursive: true });
  const inside: CheckedOut = {
    commit,
    folder,
    here,
    prefix: `${prefix}/`,
    repository: ['--git-dir', gitFolder, '--work-tree', folder],
    // Beside the files, so that the submodule's own index stays as it is.
    indexFile: join(tree.temporary, `index-${commit}-${prefix.replaceAll(/[^\w.-]/g, '-')}`),
    gitFolders: [gitFolder],
    temporary: tree.temporary,
  };
  const settings = await quietSettings(folder, inside.repository);
  await gitThere(inside, [...settings, 'read-tree', '--reset', '-u', commit]);
  return completeTree(inside);
}

async function submoduleNames(tree: CheckedOut): Promise<ReadonlyMap<string, string>> {
  const file = join(tree.folder, '.gitmodules');
  const found = await git(
    tree.folder,
    ['config', '-z', '-f', file, '--get-regexp', '^submodule\\..*\\.path$'],
    {
      variables: SETTING_VARIABLES,
    },
  ).catch(() => '');
  return new Map(
    found.split('\0').flatMap((setting) => {
      const [, name, path] = /^submodule\.(.*)\.path\n(.*)$/s.exec(setting) ?? [];
      return name === undefined || path === undefined ? [] : [[path, name] as const];
    }),
  );
}

/** Where git keeps a submodule's repository: that of the one that is checked out here, else by its name. */
async function gitFolderOf(
  { gitFolders }: CheckedOut,
  { here, name }: { readonly here: string | null; readonly name: string | null },
): Promise<string | null> {
  if (here !== null) return tried(here, ['rev-parse', '--absolute-git-dir']);
  // A name comes from a file of the other commit, and git itself takes none that leads elsewhere.
  if (name === null || isAbsolute(name) || name.split(/[\\/]/).includes('..')) return null;
  for (const folder of gitFolders) {
    const candidate = resolve(folder, 'modules', name);
    if (await exists(join(candidate, 'HEAD'))) return candidate;
  }
  return null;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
