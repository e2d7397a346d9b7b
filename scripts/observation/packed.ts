import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Packs a copy of this tree, so that building it leaves nothing here, and installs the package.
 *
 * @param folder an empty one
 * @returns the module that runs an implementation in a measured process
 */
export async function packedRunner(folder: string): Promise<string> {
  const [tree, project] = [join(folder, 'tree'), join(folder, 'project')];
  const { stdout: files } = await execa('git', ['ls-files'], { cwd: ROOT });
  for (const file of files.split('\n')) await cp(join(ROOT, file), join(tree, file));
  await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'), 'junction');
  await execa('npm', ['pack', '--pack-destination', folder], { cwd: tree });
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{"private":true}');
  const { version } = JSON.parse(await readFile(join(tree, 'package.json'), 'utf8'));
  const tarball = join(folder, `outpace-${version}.tgz`);
  await execa('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: project });
  return join(project, 'node_modules/outpace/dist/capture/run-in-child.js');
}
