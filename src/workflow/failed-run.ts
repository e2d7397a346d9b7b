import { isAbsolute, relative } from 'node:path';
import { OutpaceError } from '../base/errors.ts';

/** Names the run that an error is of, in front of it: `pair 7, new (cold): …`. */
export function inRun(error: unknown, run: string): unknown {
  return reworded(error, (message) => `${run}: ${message}`);
}

/** Says below an error what is left of the measurement that it ended. */
export function withSaved(error: unknown, saved: string): unknown {
  return reworded(error, (message) => `${message}\n${saved}`);
}

/** Of a run that failed; any other error stays as it is. */
function reworded(error: unknown, words: (message: string) => string): unknown {
  if (!(error instanceof OutpaceError)) return error;
  if (error.code !== 'RUN_FAILED' && error.code !== 'TIME_LIMIT') return error;
  return new OutpaceError(error.code, words(error.message), { cause: error });
}

/** Such as `The 6 pairs before it are saved in reports/….json.` */
export function savedBefore(
  { root, file }: { readonly root: string; readonly file: string },
  { count, what }: { readonly count: number; readonly what: 'pair' | 'round' },
): string {
  const counted = count === 1 ? `The ${what} before it is` : `The ${count} ${what}s before it are`;
  return `${counted} saved in ${within(root, file)}.`;
}

/** As a person in the project's folder would type it. */
export function within(root: string, file: string): string {
  const path = relative(root, file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

export const NOTHING_SAVED = 'Nothing was saved.';
