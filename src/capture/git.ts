import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { interruption } from './ending.ts';

/** Runs git in a folder and gives what it prints. */
export async function git(cwd: string, args: readonly string[]): Promise<string> {
  const { execa } = await import('execa');
  const { stdout } = await execa('git', [...args], { cwd, stdin: 'ignore' });
  return stdout.trim();
}

/** The same, or null where it fails. */
async function tried(cwd: string, args: readonly string[]): Promise<string | null> {
  return git(cwd, args).catch(() => null);
}

export interface GitRef {
  /** As it was asked for, or how it was found. */
  readonly name: string;
  readonly commit: string;
}

/**
 * The commit that a tree is compared with.
 *
 * @param wanted null: where this branch left the default one
 * @throws OutpaceError USAGE where there is no repository or no such commit, saying what mends it
 */
export async function resolveRef(root: string, wanted: string | null): Promise<GitRef> {
  if ((await tried(root, ['rev-parse', '--is-inside-work-tree'])) !== 'true')
    throw new OutpaceError(
      'USAGE',
      `${root} is in no git repository, so that there is nothing to check against`,
    );
  if (wanted !== null) return { name: wanted, commit: await commitOf(root, wanted) };
  const branch = await defaultBranch(root);
  const commit = await tried(root, ['merge-base', 'HEAD', branch]);
  if (commit !== null) return { name: `the merge base with ${branch}`, commit };
  throw new OutpaceError(
    'USAGE',
    `HEAD and ${branch} have no commit in common here${await shallowHint(root)}; --against names another ref`,
  );
}

async function commitOf(root: string, ref: string): Promise<string> {
  // Not taken for an option, whatever it begins with.
  const commit = await tried(root, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  if (commit !== null) return commit;
  const remedy = (await shallowHint(root)) || ' (`git fetch` brings what the remote has)';
  throw new OutpaceError('USAGE', `there is no commit ${JSON.stringify(ref)} here${remedy}`);
}

async function defaultBranch(root: string): Promise<string> {
  const remote = await tried(root, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  for (const branch of [remote, 'origin/main', 'origin/master', 'main', 'master']) {
    if (branch === null) continue;
    if ((await tried(root, ['rev-parse', '--verify', '--quiet', `${branch}^{commit}`])) !== null)
      return branch;
  }
  throw new OutpaceError(
    'USAGE',
    'there is no default branch here (origin/HEAD, main, master): say --against <ref>',
  );
}

async function shallowHint(root: string): Promise<string> {
  const shallow = await tried(root, ['rev-parse', '--is-shallow-repository']);
  return shallow === 'true'
    ? ' (a shallow clone: `git fetch --unshallow`, or fetch-depth: 0 in a workflow)'
    : '';
}

/** A folder of this tree, and the one that stands for it in the other. */
export interface SameFolder {
  readonly here: string;
  readonly there: string;
}

/**
 * A commit's files in an empty folder, while they are used.
 *
 * @param use given the project's own folder first, then those above it, up to the repository's
 */
export async function withWorktree<Value>(
  { root, commit, folder }: { readonly root: string; readonly commit: string; readonly folder: string },
  use: (folders: readonly [SameFolder, ...SameFolder[]]) => Promise<Value>,
): Promise<Value> {
  const prefix = (await tried(root, ['rev-parse', '--show-prefix'])) ?? '';
  const names = prefix.split('/').filter((name) => name !== '');
  const own = { here: root, there: join(folder, ...names) };
  const above = names.map((_, up) => ({
    here: join(root, ...names.slice(0, up + 1).map(() => '..')),
    there: join(folder, ...names.slice(0, names.length - up - 1)),
  }));
  // What a machine that went down has left behind.
  await tried(root, ['worktree', 'prune']);
  const guard = await guardWorktree(root, folder);
  try {
    await git(root, ['worktree', 'add', '--detach', '--quiet', folder, commit]).catch((error) => {
      throw new OutpaceError('STORE_FAILED', `no worktree of ${commit} can be made: ${messageOf(error)}`, {
        cause: error,
      });
    });
    return await use([own, ...above]);
  } finally {
    await tried(root, ['worktree', 'remove', '--force', folder]);
    await guard.release();
  }
}

const GUARD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './worktree-guard.ts' : './worktree-guard.js', import.meta.url),
);

/** Somebody who removes the worktree should this process be killed, and is gone when it is released. */
async function guardWorktree(root: string, folder: string) {
  const { spawn } = await import('node:child_process');
  const guard = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', GUARD, root, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // It has to outlive this process, if only by a moment.
    detached: true,
  });
  const gone = new Promise<void>((resolve) => {
    guard.once('exit', () => resolve());
    // A machine that can start no more processes will be told so by what comes next.
    guard.once('error', () => resolve());
  });
  return {
    release: (): Promise<void> => {
      guard.stdin.end();
      return gone;
    },
  };
}

/** Installs what a tree's own lockfile names. */
export async function installDependencies(
  folder: string,
  { command, signal }: { readonly command: readonly string[]; readonly signal: AbortSignal },
): Promise<void> {
  const { execa } = await import('execa');
  const [program = '', ...args] = command;
  await execa(program, args, { cwd: folder, stdin: 'ignore', cancelSignal: signal }).catch((error) => {
    if (signal.aborted) throw interruption();
    throw new OutpaceError(
      'STORE_FAILED',
      `the packages of the other commit cannot be installed (${command.join(' ')}): ${messageOf(error)}`,
      { cause: error },
    );
  });
}
