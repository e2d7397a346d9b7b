import { existsSync } from 'node:fs';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import { safeDirectories, withoutGitVariables } from './git-variables.ts';

/** No hook, no file watcher and no maintenance of the repository runs because of us. */
const SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

export interface GitOptions {
  /** Given to git on its standard input. */
  readonly input?: string;
  /** In the place of the repository's own index. */
  readonly indexFile?: string;
  /** More of its environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A git command, as whoever runs it needs it. */
export interface GitCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The one way in which git is run. What a hook's environment says of its repository does not reach it. */
export function gitCommand(args: readonly string[], { indexFile, variables }: GitOptions = {}): GitCommand {
  const safe = safeDirectories(process.env).flatMap((folder) => ['-c', `safe.directory=${folder}`]);
  return {
    args: [...safe, ...SETTINGS, ...args],
    env: {
      ...withoutGitVariables(process.env),
      // Reading the state of a tree must not write to its index, which a commit may be working on.
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      // Its messages are read below.
      LC_ALL: 'C',
      ...variables,
      ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
    },
  };
}

/**
 * Runs git in a folder and gives what it prints, without the last line's end.
 *
 * @throws OutpaceError TOOL_FAILED or USAGE, saying what git says and what to do about it
 */
export async function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { execa } = await import('execa');
  const command = gitCommand(args, options);
  try {
    const { stdout } = await execa('git', [...command.args], {
      cwd,
      env: command.env,
      extendEnv: false,
      ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
    });
    return stdout;
  } catch (error) {
    throw gitFailure(error, { cwd, args });
  }
}

/** The same, or null where it fails. */
export async function tried(
  cwd: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string | null> {
  return git(cwd, args, options).catch(() => null);
}

/** What git prints with `-z`: one entry for each NUL. */
export async function gitEntries(
  cwd: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string[]> {
  return (await git(cwd, args, options)).split('\0').filter((entry) => entry !== '');
}

function gitFailure(
  error: unknown,
  { cwd, args }: { readonly cwd: string; readonly args: readonly string[] },
): OutpaceError {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  const found = knownFailure(error, { cwd, text });
  return new OutpaceError(
    found === null ? 'TOOL_FAILED' : found.code,
    found?.message ?? `git ${args[0]} failed in ${cwd}: ${text === '' ? messageOf(error) : text}`,
    { cause: error },
  );
}

function knownFailure(error: unknown, { cwd, text }: { readonly cwd: string; readonly text: string }) {
  if (isErrorCode(error, 'ENOENT') && existsSync(cwd)) {
    const message =
      'git was not found. To compare with another commit, install git and put it on the PATH; ' +
      '`outpace check --baseline <file>` works without git';
    return { code: 'TOOL_FAILED', message } as const;
  }
  // Since 2.35.2; its first version had the other words.
  if (/dubious ownership|unsafe repository/.test(text)) {
    const folder = /repository (?:at )?\(?'([^']+)'/.exec(text)?.[1] ?? cwd;
    const message =
      `git refuses to read ${folder}, because it belongs to another user. ` +
      `If you trust it: git config --global --add safe.directory '${folder}'`;
    return { code: 'TOOL_FAILED', message } as const;
  }
  if (/not a git repository/i.test(text)) {
    const ignored = ['GIT_DIR', 'GIT_WORK_TREE'].filter((name) => process.env[name] !== undefined);
    const hint = ignored.length === 0 ? '' : ` (outpace does not use ${ignored.join(' and ')})`;
    const message = `${cwd} is not in a git repository, so there is no commit to compare with${hint}`;
    return { code: 'USAGE', message } as const;
  }
  return null;
}
