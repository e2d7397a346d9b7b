import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OutpaceError } from '../base/errors.ts';

/** What a package manager writes, in the order in which they count. */
export const LOCKFILES = [
  'npm-shrinkwrap.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
] as const;

export type Lockfile = (typeof LOCKFILES)[number];

/** A folder of this tree, and the one that stands for it in the other. */
interface Trees {
  readonly here: string;
  readonly there: string;
}

export interface InstallOptions {
  /** Whether the other tree has the lockfile; without it, what its package.json asks for is installed. */
  readonly isLocked: boolean;
  /** Leaves out the packages that are only for development. */
  readonly isProduction: boolean;
}

type Command = readonly string[];

const COMMANDS: Readonly<
  Record<Lockfile, (trees: Trees, options: InstallOptions) => Command | Promise<Command>>
> = {
  'npm-shrinkwrap.json': npmCommand,
  'package-lock.json': npmCommand,
  'pnpm-lock.yaml': pnpmCommand,
  'yarn.lock': yarnCommand,
  'bun.lock': bunCommand,
  'bun.lockb': bunCommand,
};

/**
 * What installs just what a lockfile names, and runs nothing of the packages or of the other commit.
 *
 * @throws OutpaceError STORE_FAILED for a package manager that would load the other commit's own code
 */
export async function installCommand(
  lockfile: Lockfile,
  trees: Trees,
  options: InstallOptions = { isLocked: true, isProduction: false },
): Promise<Command> {
  return COMMANDS[lockfile](trees, options);
}

/** What those commands need in the environment. Others do not know these variables. */
export const INSTALL_VARIABLES = {
  // Also for an npm that a package manager starts itself, such as for a package from git.
  npm_config_ignore_scripts: 'true',
  npm_config_git: 'git',
  YARN_ENABLE_SCRIPTS: 'false',
  YARN_ENABLE_CONSTRAINTS_CHECKS: 'false',
  // The yarn of the other commit is its own code: this tree's is used.
  YARN_IGNORE_PATH: '1',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
} as const;

function npmCommand(_: Trees, { isLocked, isProduction }: InstallOptions): Command {
  return [
    'npm',
    ...(isLocked ? ['ci'] : ['install', '--no-package-lock']),
    ...['--no-audit', '--no-fund', '--ignore-scripts'],
    ...(isProduction ? ['--omit=dev'] : []),
  ];
}

function bunCommand(_: Trees, { isLocked, isProduction }: InstallOptions): Command {
  return [
    ...['bun', 'install', isLocked ? '--frozen-lockfile' : '--no-save', '--ignore-scripts'],
    ...(isProduction ? ['--production'] : []),
  ];
}

/** A lockfile that was made with hooks can only be installed with the same ones. */
async function pnpmCommand(trees: Trees, { isLocked, isProduction }: InstallOptions): Promise<Command> {
  const command = [
    ...['pnpm', 'install', isLocked ? '--frozen-lockfile' : '--no-lockfile', '--ignore-scripts'],
    ...(isProduction ? ['--prod'] : []),
  ];
  const names = ['.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'];
  const found = await Promise.all(names.map((name) => textOf(join(trees.there, name))));
  const hooks = names.filter((_, index) => found[index] !== null);
  await rejectOtherCode('pnpm', hooks, trees);
  return hooks.length === 0 ? [...command, '--ignore-pnpmfile'] : command;
}

/** Two programs of one name with one name for the lockfile: the file's text says which of them wrote it. */
async function yarnCommand({ here, there }: Trees, options: InstallOptions): Promise<Command> {
  const lockfile = await textOf(join(options.isLocked ? there : here, 'yarn.lock'));
  const isClassic = /^# yarn lockfile v1$/m.test(lockfile ?? '');
  const settings = join(here, isClassic ? '.yarnrc' : '.yarnrc.yml');
  const own = /^(?:yarnPath:|yarn-path) +"?([^"\r\n]+?)"?\s*$/m.exec((await textOf(settings)) ?? '')?.[1];
  const program = own === undefined ? ['yarn'] : ['node', join(here, own)];
  if (!isClassic) await rejectOtherCode('yarn', await yarnPlugins(there), { here, there });
  return [...program, ...(isClassic ? classicYarnWords(options) : yarnWords(options))];
}

function classicYarnWords({ isLocked, isProduction }: InstallOptions): Command {
  return [
    ...['install', isLocked ? '--frozen-lockfile' : '--no-lockfile', '--ignore-scripts', '--non-interactive'],
    ...(isProduction ? ['--production'] : []),
  ];
}

function yarnWords({ isLocked, isProduction }: InstallOptions): Command {
  // Its `install` cannot leave them out.
  if (isProduction) return ['workspaces', 'focus', '--all', '--production'];
  return ['install', isLocked ? '--immutable' : '--no-immutable', '--mode=skip-build'];
}

/** Every yarn command loads them, and no option leaves them out. */
async function yarnPlugins(folder: string): Promise<readonly string[]> {
  const settings = (await textOf(join(folder, '.yarnrc.yml'))) ?? '';
  // The list ends where the next setting begins, at the start of a line.
  const [, list = ''] = /^["']?plugins["']?:(.*?)(?=^[^\s#-]|$(?!.))/ms.exec(settings) ?? [];
  return list.match(/[^\s"'[\]{},]+\.[cm]?js\b/g) ?? [];
}

/** Code that a package manager loads from the project has to be that of this tree, which its user has chosen to run. */
async function rejectOtherCode(
  manager: string,
  files: readonly string[],
  { here, there }: Trees,
): Promise<void> {
  for (const file of files) {
    const [theirs, ours] = [await textOf(join(there, file)), await textOf(join(here, file))];
    if (theirs === ours) continue;
    throw new OutpaceError(
      'STORE_FAILED',
      `the packages of the other commit cannot be installed: ${manager} would run its ${file}, which this tree ` +
        `${ours === null ? 'does not have' : 'has in another version'}. Compare with a commit that has the same one`,
    );
  }
}

/** null where there is none. */
async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
