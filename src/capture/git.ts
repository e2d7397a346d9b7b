import { OutpaceError } from '../base/errors.ts';
import { git, tried } from './run-git.ts';

export interface GitRef {
  /** As it was asked for, or how it was found. */
  readonly name: string;
  readonly commit: string;
}

/**
 * The commit that a tree is compared with.
 *
 * @param wanted null: where this branch left the default one
 * @throws OutpaceError USAGE where there is no repository or no such commit, TOOL_FAILED where git does not work here
 */
export async function resolveRef(root: string, wanted: string | null): Promise<GitRef> {
  if (wanted !== null) rejectOtherThanRef(wanted);
  if ((await git(root, ['rev-parse', '--is-inside-work-tree'])) !== 'true')
    throw new OutpaceError(
      'USAGE',
      `${root} is inside a git repository's own folder, not in its working tree`,
    );
  if (wanted !== null) return { name: wanted, commit: await commitOf(root, wanted) };
  const branch = await defaultBranch(root);
  const commit = await tried(root, ['merge-base', 'HEAD', branch]);
  if (commit !== null) return { name: `the merge base with ${branch}`, commit };
  throw new OutpaceError(
    'USAGE',
    `HEAD and ${branch} have no common commit here${await shallowHint(root)}; name another ref with --against`,
  );
}

/** What git would not take for one revision. */
const OTHER_THAN_REFS: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'it is empty'],
  [/^-/, 'it begins with a dash, as an option does'],
  [/[\0-\x1f\x7f]/, 'it contains a control character'],
  [/^\^/, 'it excludes commits'],
  [/\.\.|\^(@|!|-\d*)$/, 'it stands for several commits'],
];

function rejectOtherThanRef(ref: string): void {
  // `:/text` and `^{/text}` search messages, in which anything may occur.
  if (/^:\/|\^\{\//.test(ref)) return;
  const found = OTHER_THAN_REFS.find(([pattern]) => pattern.test(ref));
  if (found !== undefined) throw notACommit(ref, found[1]);
}

function notACommit(ref: string, reason: string): OutpaceError {
  return new OutpaceError(
    'USAGE',
    `--against ${JSON.stringify(ref)} does not name a commit: ${reason}. Name one branch, tag or commit, such as main or HEAD~1`,
  );
}

async function commitOf(root: string, ref: string): Promise<string> {
  // Without `^{commit}` behind it, which would become part of a text that is searched for.
  const object = await tried(root, ['rev-parse', '--verify', '--quiet', ref]);
  const commit =
    object === null ? null : await tried(root, ['rev-parse', '--verify', '--quiet', `${object}^{commit}`]);
  if (commit !== null && /^[\da-f]{40,}$/.test(commit)) return commit;
  const type = object === null ? null : await tried(root, ['cat-file', '-t', object]);
  if (type !== null) throw notACommit(ref, `it is a ${type}`);
  const remedy = (await shallowHint(root)) || ' (`git fetch` gets what the remote has)';
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
    'there is no default branch here (origin/HEAD, main, master): name a commit with --against <ref>',
  );
}

async function shallowHint(root: string): Promise<string> {
  const shallow = await tried(root, ['rev-parse', '--is-shallow-repository']);
  return shallow === 'true'
    ? ' (a shallow clone: `git fetch --unshallow`, or fetch-depth: 0 in a workflow)'
    : '';
}
