import { OutpaceError } from '../../base/errors.ts';
import { type MissingContent, missingLines } from '../../capture/worktree/missing-content.ts';

/** What may explain that an implementation fails in the other commit's tree, and not in this one. */
export interface TreeLacks {
  /** Such as `new@1a2b3c4d`, which a failed run's message names. */
  readonly name: string;
  readonly missing: readonly MissingContent[];
  /** Whether its packages were installed for this measurement. */
  readonly installed: boolean;
}

const NATIVE_ADDON =
  /\.node\b|bindings file|native (?:build|module|binding|addon)|prebuil[dt]|ERR_DLOPEN_FAILED|node-gyp|postinstall|install script/i;

const NOT_BUILT =
  'Its packages were installed without running their install scripts, so a native addon that is built by one does not ' +
  "work there. Compare with a commit that has this tree's lockfile, whose packages are shared";

/** A failure of the other commit's side, with what its tree lacks. */
export function explainedByTree(error: unknown, { name, missing, installed }: TreeLacks): unknown {
  if (!(error instanceof OutpaceError)) return error;
  const failed = error.code === 'RUN_FAILED' && error.message.includes(`'${name}'`);
  if (!failed && error.code !== 'UNKNOWN_IMPLEMENTATION') return error;
  const hints = [
    ...(missing.length === 0 ? [] : ['Its tree does not have all of the commit:', ...missingLines(missing)]),
    ...(failed && installed && NATIVE_ADDON.test(error.message) ? [NOT_BUILT] : []),
  ];
  if (hints.length === 0) return error;
  return new OutpaceError(error.code, [error.message, ...hints].join('\n'), { cause: error });
}

/** Said even if all goes well: an implementation may do without a file, and then does something else. */
export function treeWarnings({ name, missing }: TreeLacks): string[] {
  return missing.map(({ path, reason }) => `${name} was measured without ${path}: ${reason}`);
}
