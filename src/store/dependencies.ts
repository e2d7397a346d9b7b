import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../base/assert-never.ts';
import { lockedOnlyThere } from './lockfiles.ts';
import { isFolder, readManifest } from './shared-packages.ts';
import type { TwoTrees } from './trees.ts';

/** What a package manager writes, and what installs just that. */
const INSTALLERS = {
  'package-lock.json': ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts'],
  'npm-shrinkwrap.json': ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts'],
  'pnpm-lock.yaml': ['pnpm', 'install', '--frozen-lockfile', '--ignore-scripts'],
  'yarn.lock': ['yarn', 'install', '--immutable'],
  'bun.lock': ['bun', 'install', '--frozen-lockfile', '--ignore-scripts'],
} as const;

type Lockfile = keyof typeof INSTALLERS;

export const LOCKFILES: readonly string[] = Object.keys(INSTALLERS);

/** How the other commit's tree gets its packages: as asked for, or as its lockfile requires. */
export const DEPENDENCY_CHOICES = ['auto', 'shared', 'installed', 'production'] as const;
export type DependencyChoice = (typeof DEPENDENCY_CHOICES)[number];

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
    const installs = oncePerFolder(different).map(({ folder, name }) => ({
      folder,
      command: INSTALLERS[name],
    }));
    return { choice: 'installed', why: different.map(({ why }) => why).join('; '), installs, warnings: [] };
  }
  const warnings = comparable.length === 0 ? await otherManifests(trees, folders) : [];
  return { choice: 'shared', why: whyShared(comparable), installs: [], warnings };
}

function whyInstalled({ folder, name, here, there }: Locked): string | null {
  const file = join(folder, name);
  if (here === null) return `${file} is only in the other commit`;
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
  const names = Object.keys(INSTALLERS) as Lockfile[];
  const all = await Promise.all(
    folders.flatMap((folder) =>
      names.map(async (name) => ({
        folder,
        name,
        here: await textOf(join(here, folder, name)),
        there: await textOf(join(there, folder, name)),
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
  { there }: TwoTrees,
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
  const lockedThere = oncePerFolder(locked.filter((lock) => lock.there !== null));
  const adapted = (command: readonly string[], lock: string | null) =>
    choice === 'production' ? withoutDevelopment(command, lock) : command;
  if (lockedThere.length > 0)
    return lockedThere.map(({ folder, name, there: lock }) => ({
      folder,
      command: adapted(INSTALLERS[name], lock),
    }));
  const manifests = await Promise.all(folders.map((folder) => textOf(join(there, folder, 'package.json'))));
  const withManifest = folders.filter((_, index) => manifests[index] !== null);
  // A workspace is installed from its top.
  const folder = withManifest.at(-1);
  const [program = 'npm'] = INSTALLERS[locked[0]?.name ?? 'package-lock.json'];
  return folder === undefined ? [] : [{ folder, command: adapted(UNLOCKED[program] ?? [], null) }];
}

/** What installs without a lockfile, and leaves none behind. */
const UNLOCKED: Readonly<Record<string, readonly string[]>> = {
  npm: ['npm', 'install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'],
  pnpm: ['pnpm', 'install', '--no-lockfile', '--ignore-scripts'],
  yarn: ['yarn', 'install', '--ignore-scripts'],
  bun: ['bun', 'install', '--no-save', '--ignore-scripts'],
};

const ONLY_PRODUCTION: Readonly<Record<string, string>> = {
  npm: '--omit=dev',
  pnpm: '--prod',
  yarn: '--production',
  bun: '--production',
};

function withoutDevelopment(command: readonly string[], lock: string | null): readonly string[] {
  // Yarn 2 and later write this into their lockfile, and have a command of its own for it.
  if (lock?.includes('__metadata:')) return ['yarn', 'workspaces', 'focus', '--all', '--production'];
  return [...command, ONLY_PRODUCTION[command[0] ?? ''] ?? ''];
}

function oncePerFolder<Lock extends Locked>(locks: readonly Lock[]): Lock[] {
  return [...new Map(locks.toReversed().map((lock) => [lock.folder, lock])).values()].toReversed();
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
