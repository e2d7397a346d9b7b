import { gitEntries, tried } from '../run-git.ts';

const NAMED = 5;

/** Which files of a commit a partial clone does not have, and what to do about it; empty where it has all of them. */
export async function partialCloneHint(root: string, commit: string): Promise<string> {
  // Asked for this way, git fetches none of them.
  const objects = (await tried(root, ['rev-list', '--objects', '--missing=print', `${commit}^{tree}`])) ?? '';
  const missing = new Set(
    objects.split('\n').flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : [])),
  );
  if (missing.size === 0) return '';
  const files = await gitEntries(root, ['ls-tree', '-r', '-z', commit]).catch((): string[] => []);
  const names = files.flatMap((line) => {
    const [, object = '', path = ''] = /^\d+ \w+ ([\da-f]+)\t(.+)$/s.exec(line) ?? [];
    return missing.has(object) ? [path] : [];
  });
  const listed = names.slice(0, NAMED).join(', ');
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const what = names.length === 0 ? `${missing.size} objects` : `${listed}${more}`;
  return `, because this partial clone does not have ${what} and could not fetch it (check that \`git fetch\` works)`;
}
