import { execa } from 'execa';
import { project } from './outpace.ts';

const IDENTITY = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];

export async function git(root: string, ...args: readonly string[]): Promise<string> {
  return (await execa('git', [...IDENTITY, ...args], { cwd: root })).stdout;
}

/** A repository whose one commit on main has these files. */
export async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await project({ '.gitignore': 'node_modules\nreports/\nprofiles/\n', ...files });
  await git(root, 'init', '--quiet', '--initial-branch=main');
  await git(root, 'add', '-A');
  await git(root, 'commit', '--quiet', '-m', 'first');
  return root;
}
