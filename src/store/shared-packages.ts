import { lstat, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { isInside, isInstalled, linkTo, type TwoTrees } from './trees.ts';

/**
 * Gives the other tree this tree's installed packages: a `node_modules` of links beside each one here. What is a link
 * into the repository here, as a workspace's packages are, leads to the other tree's own folder there.
 *
 * @param folders that may hold a `node_modules`, relative to the top
 */
export async function sharePackages(
  trees: TwoTrees,
  { folders, local }: { readonly folders: readonly string[]; readonly local: LocalPackages },
): Promise<void> {
  for (const folder of folders) {
    if (await isFolder(join(trees.there, folder))) await shareFolder({ trees, local, folder });
  }
  // Packages above the repository are found from every tree below them, and the other tree is not below them.
  const beside = dirname(trees.there);
  for (let above = dirname(trees.here); ; above = dirname(above)) {
    await linkPackages(join(above, 'node_modules'), join(beside, 'node_modules'), {
      trees,
      copied: new Map(),
    });
    if (above === dirname(above)) return;
  }
}

async function shareFolder({
  trees,
  local,
  folder,
}: {
  readonly trees: TwoTrees;
  readonly local: LocalPackages;
  readonly folder: string;
}): Promise<void> {
  const [from, to] = [join(trees.here, folder, 'node_modules'), join(trees.there, folder, 'node_modules')];
  await linkPackages(from, to, { trees, copied: local.copiedInto(folder) });
}

interface Linking {
  readonly trees: TwoTrees;
  /** The folders, relative to the top, of packages that were copied from the repository when they were installed. */
  readonly copied: ReadonlyMap<string, string>;
}

async function linkPackages(from: string, to: string, linking: Linking, scope = ''): Promise<void> {
  const names = await readdir(from).catch((): string[] => []);
  if (names.length === 0) return;
  await mkdir(to, { recursive: true });
  for (const name of names) {
    const [source, link] = [join(from, name), join(to, name)];
    if (await exists(link)) continue;
    const isGroup = scope === '' && (name.startsWith('@') || name === '.bin') && (await isFolder(source));
    if (isGroup) await linkPackages(source, link, linking, `${name}/`);
    // What is hidden and no folder is a package manager's own note about this tree.
    else if (!name.startsWith('.') || (await isFolder(source))) {
      const target = await targetOf(source, { ...linking, name: `${scope}${name}` });
      if (target !== null) await linkTo(target, link);
    }
  }
}

async function targetOf(
  source: string,
  { trees, copied, name }: Linking & { readonly name: string },
): Promise<string | null> {
  const real = await realpath(source).catch(() => null);
  if (real === null || !isInside(trees.here, real)) return real;
  if (!isInstalled(trees.here, real)) return join(trees.there, relative(trees.here, real));
  const origin = copied.get(name);
  return origin === undefined ? real : join(trees.there, origin);
}

/** The packages that are folders of the repository. */
export interface LocalPackages {
  /** By name, those that a package at a folder or below it asks for as files of the repository. */
  copiedInto(folder: string): ReadonlyMap<string, string>;
}

/** @param folders that have a package.json, relative to the top */
export async function localPackages(top: string, folders: readonly string[]): Promise<LocalPackages> {
  const manifests = await Promise.all(
    folders.map(async (folder) => ({ folder, ...(await readManifest(join(top, folder))) })),
  );
  const folderOf = new Map(manifests.flatMap(({ name, folder }) => (name === null ? [] : [[name, folder]])));
  return {
    copiedInto: (folder) =>
      new Map(
        manifests
          .filter((manifest) => isInside(join(top, folder), join(top, manifest.folder)))
          .flatMap((manifest) => [...manifest.asked].map(([name, spec]) => ({ manifest, name, spec })))
          .flatMap(({ manifest, name, spec }) => {
            const origin = spec.startsWith('workspace:')
              ? folderOf.get(name)
              : folderIn(top, manifest.folder, spec);
            return origin === undefined ? [] : [[name, origin] as const];
          }),
      ),
  };
}

function folderIn(top: string, folder: string, spec: string): string | undefined {
  const [, path] = /^(?:file|link|portal):(.+)$/.exec(spec) ?? [];
  if (path === undefined || /\.(?:tgz|tar\.gz|tar)$/.test(path)) return undefined;
  const place = resolve(top, folder, path);
  return isInside(top, place) ? relative(top, place) : undefined;
}

export interface Manifest {
  readonly name: string | null;
  /** By a package's name, the version or place that is asked for. */
  readonly asked: ReadonlyMap<string, string>;
}

const SECTIONS = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'];

/** What a folder's package.json says; one that is missing or is none asks for nothing. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = {};
  }
  const fields = recordOf(content);
  const asked = SECTIONS.flatMap((section) => Object.entries(recordOf(fields[section])));
  return {
    name: typeof fields.name === 'string' ? fields.name : null,
    asked: new Map(asked.flatMap(([name, spec]) => (typeof spec === 'string' ? [[name, spec]] : []))),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
