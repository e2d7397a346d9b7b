import { OutpaceError } from '../base/errors.ts';
import { INSTALL_VARIABLES } from '../store/install-command.ts';
import { withoutGitVariables } from './git-variables.ts';
import { runCommand } from './run-command.ts';

/**
 * Installs what a tree's own lockfile names. When this settles, whatever the package manager started is gone.
 *
 * @throws OutpaceError STORE_FAILED with the end of what it printed, INTERRUPTED
 */
export async function installDependencies(
  folder: string,
  { command, signal }: { readonly command: readonly string[]; readonly signal: AbortSignal },
): Promise<void> {
  const env = { ...withoutGitVariables(process.env), ...INSTALL_VARIABLES };
  const { exitCode, output } = await runCommand({ command, cwd: folder, env, signal });
  if (exitCode === 0) return;
  const reason =
    exitCode === null
      ? `${command[0]} was not found: install it, or put it on the PATH`
      : `\`${command.join(' ')}\` failed with exit code ${exitCode}${output === '' ? '' : `:\n${output}`}`;
  throw new OutpaceError('STORE_FAILED', `the packages of the other commit cannot be installed: ${reason}`);
}
