import type { CommandWorld } from '../../src/cli/session.ts';

/** The world of a command line whose two streams are kept. */
export function recordedWorld({
  environment = {},
  signal = new AbortController().signal,
  api,
}: Pick<CommandWorld, 'api'> & Partial<Pick<CommandWorld, 'environment' | 'signal'>>) {
  const streams = { stdout: [] as string[], stderr: [] as string[] };
  const world: CommandWorld = {
    environment,
    isInteractive: false,
    signal,
    stdout: { isTTY: false, write: async (content) => void streams.stdout.push(textOf(content)) },
    stderr: { write: (content: string | Uint8Array) => void streams.stderr.push(textOf(content)) },
    api,
  };
  return { world, stdout: () => streams.stdout.join(''), stderr: () => streams.stderr.join('') };
}

/** Runs something in a folder, which is this process's meanwhile. */
export async function inFolder<Value>(folder: string, act: () => Promise<Value>): Promise<Value> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await act();
  } finally {
    process.chdir(before);
  }
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString();
}
