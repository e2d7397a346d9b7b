import { getSystemErrorMap } from 'node:util';
import { messageOf, OutpaceError } from '../base/errors.ts';

/** The system's code of a failure (`ENOENT`), or null where the thrown thing has none. */
export function errnoOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}

/** Does something with the file system; what goes wrong becomes STORE_FAILED with the path and the reason in words. */
export async function attempt<T>(doing: string, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw new OutpaceError('STORE_FAILED', `Could not ${doing} ${path}: ${reasonOf(cause)}.`, { cause });
  }
}

function reasonOf(thrown: unknown): string {
  const code = errnoOf(thrown);
  if (code === null) return messageOf(thrown);
  for (const [name, words] of getSystemErrorMap().values()) {
    if (name === code) return `${words} (${code})`;
  }
  return `${messageOf(thrown)} (${code})`;
}
