import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import { type InstallOptions, installCommand, LOCKFILES, type Lockfile } from './install-command.ts';
import { lockedOnlyThere } from './lockfiles.ts';
import { isFolder, readManifest } from './shared-packages.ts';
import type { TwoTrees } from './trees.ts';

/** How the other commit's tree gets its packages: as asked for, or as its lockfile requires. */
export const DEPENDENCY_CHOICES = ['auto', 'shared', 'installed', 'production'] as const;
export type DependencyChoice = (typeof DEPENDENCY_CHOICES)[number];

const BINARY_LOCKFILE: Lockfile = 'bun.lockb';

export interface DependencyPlan {
  readonly choice: 'none' | 'shared' | 'installed' | 'production';
  readonly why: string;
  /** Commands to run in folders of the other tree, relative to its top. */
  readonly installs: readonly { readonly folder: string; readonly command: readonly string[] }[];
  readonly warnings: readonly string[];
}

interface Locked {
  readonly folder: string;
  readonly name: Lockfile;
  readonly here: string | null;
  readonly there: string | null;
}

/**
 * Decides whether the other tree can share this tree's packages.
 *
 * @param folders relative to the top: those whose packages the implementation can import, the nearest first
 */
export async function planDependencies(
  trees: TwoTrees,
  { choice, folders }: { readonly choice: DependencyChoice; readonly folders: readonly string[] },
): Promise<DependencyPlan> {
  const locked = await lockfilesIn(trees, folders);
  const asked = `--dependencies ${choice}`;
  switch (choice) {
    case 'shared':
      return { choice, why: asked, installs: [], warnings: await otherManifests(trees, folders) };
    case 'installed':
    case 'production':
      return {
        choice,
        why: asked,
        installs: await allInstalls(trees, { locked, folders, choice }),
        warnings: [],
      };
    case 'auto':
      return automaticPlan(trees, { locked, folders });
    default:
      return assertNever(choice);
  }
}

async function automaticPlan(
  trees: TwoTrees,
  { locked, folders }: { readonly locked: readonly Locked[]; readonly folders: readonly string[] },
): Promise<DependencyPlan> {
  const installed = await Promise.all(
    folders.map((folder) => isFolder(join(trees.here, folder, 'node_modules'))),
  );
  const withPackages = folders.filter((_, index) => installed[index]);
  if (withPackages.length === 0)
    return { choice: 'none', why: 'this tree has no node_modules', installs: [], warnings: [] };
  const comparable = locked.filter(({ folder, there }) => there !== null && withPackages.includes(folder));
  const different = comparable.flatMap((lock) => {
    const why = whyInstalled(lock);
    return why === null ? [] : { ...lock, why };
  });
  if (different.length > 0) {
    const installs = await Promise.all(oncePerFolder(different).map((lock) => installOf(trees, lock)));
    return { choice: 'installed', why: different.map(({ why }) => why).join('; '), installs, warnings: [] };
  }
  const warnings = comparable.length === 0 ? await otherManifests(trees, folders) : [];
  return { choice: 'shared', why: whyShared(comparable), installs: [], warnings };
}

function whyInstalled({ folder, name, here, there }: Locked): string | null {
  const file = join(folder, name);
  if (here === null) return `${file} is only in the other commit`;
  if (here === there) return null;
  if (name === BINARY_LOCKFILE) return `${file} differs`;
  const missing = lockedOnlyThere({ here, there: there ?? '' });
  if (missing.length === 0) return null;
  const more = missing.length > 1 ? `, and ${missing.length - 1} more` : '';
  return `${file} differs: ${missing[0]}${more}`;
}

function whyShared(comparable: readonly Locked[]): string {
  if (comparable.length === 0) return 'the other commit has no lockfile';
  return comparable
    .map(({ folder, name, here, there }) =>
      here === there
        ? `${join(folder, name)} is the same in both trees`
        : `${join(folder, name)} differs, but all that it locks in the other commit is installed here`,
    )
    .join('; ');
}

async function lockfilesIn({ here, there }: TwoTrees, folders: readonly string[]): Promise<Locked[]> {
  const all = await Promise.all(
    folders.flatMap((folder) =>
      LOCKFILES.map(async (name) => ({
        folder,
        name,
        here: await lockIn(join(here, folder), name),
        there: await lockIn(join(there, folder), name),
      })),
    ),
  );
  return all.filter((lock) => lock.here !== null || lock.there !== null);
}

/** Without a lockfile, the versions asked for are all that can differ visibly. */
async function otherManifests({ here, there }: TwoTrees, folders: readonly string[]): Promise<string[]> {
  const differences = await Promise.all(
    folders.map(async (folder) => {
      const [ours, theirs] = [
        await readManifest(join(here, folder)),
        await readManifest(join(there, folder)),
      ];
      const unlike = [...theirs.asked].filter(([name, version]) => ours.asked.get(name) !== version);
      return unlike.map(
        ([name, version]) =>
          `${join(folder, 'package.json')} asks for ${name} ${version} there and ${ours.asked.get(name) ?? 'not at all'} here`,
      );
    }),
  );
  const [first, ...more] = differences.flat();
  if (first === undefined) return [];
  const rest = more.length === 0 ? '' : `, and ${more.length} more`;
  return [`both sides run with this tree's packages, though ${first}${rest} (--dependencies installed)`];
}

async function allInstalls(
  trees: TwoTrees,
  {
    locked,
    folders,
    choice,
  }: {
    readonly locked: readonly Locked[];
    readonly folders: readonly string[];
    readonly choice: 'installed' | 'production';
  },
): Promise<DependencyPlan['installs']> {
  const isProduction = choice === 'production';
  const lockedThere = oncePerFolder(locked.filter((lock) => lock.there !== null));
  if (lockedThere.length > 0) {
    const options = { isLocked: true, isProduction };
    return Promise.all(lockedThere.map((lock) => installOf(trees, lock, options)));
  }
  const areThere = await Promise.all(
    folders.map((folder) => exists(join(trees.there, folder, 'package.json'))),
  );
  // A workspace is installed from its top.
  const folder = folders.filter((_, index) => areThere[index]).at(-1);
  if (folder === undefined) return [];
  const name = locked[0]?.name ?? 'package-lock.json';
  return [await installOf(trees, { folder, name }, { isLocked: false, isProduction })];
}

async function installOf(
  { here, there }: TwoTrees,
  { folder, name }: Pick<Locked, 'folder' | 'name'>,
  options?: InstallOptions,
): Promise<DependencyPlan['installs'][number]> {
  const trees = { here: join(here, folder), there: join(there, folder) };
  return { folder, command: await installCommand(name, trees, options) };
}

function oncePerFolder<Lock extends Locked>(locks: readonly Lock[]): Lock[] {
  return [...new Map(locks.toReversed().map((lock) => [lock.folder, lock])).values()].toReversed();
}

/** What is not text is read byte by byte; null where there is none. */
async function lockIn(folder: string, name: Lockfile): Promise<string | null> {
  return readFile(join(folder, name), name === BINARY_LOCKFILE ? 'latin1' : 'utf8').catch(() => null);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
