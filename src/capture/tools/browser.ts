import { messageOf, OutpaceError } from '../../base/errors.ts';

/** What shows a file in the person's own browser, by platform. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // `start` belongs to the shell, which would take `&` in a name for a command.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Shows a file in the browser that `BROWSER` names, or the system's own; does not wait for it to be closed.
 *
 * @throws OutpaceError TOOL_FAILED where none can be started
 */
export async function openInBrowser(file: string): Promise<void> {
  const { BROWSER } = process.env;
  const [command, ...args] =
    BROWSER === undefined || BROWSER === '' ? (OPENERS[process.platform] ?? ['xdg-open']) : [BROWSER];
  const { spawn } = await import('node:child_process');
  const child = spawn(command, [...args, file], { detached: true, stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  }).catch((error) => {
    throw new OutpaceError(
      'TOOL_FAILED',
      `${command} cannot be started to show ${file}: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  });
  child.unref();
}
