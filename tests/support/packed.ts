import { cp, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { inject } from 'vitest';
import { isErrorCode } from '../../src/base/errors.ts';
import { project, TEST_NODE } from './outpace.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Packed {
  readonly tarball: string;
  readonly unpackedBytes: number;
  readonly files: readonly string[];
}

const PARTS = [
  'package.json',
  'README.md',
  'LICENSE',
  'bin',
  'src',
  'scripts',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** The package as it would be published, built once for all files of tests from a copy of the tree. */
export async function pack(): Promise<Packed> {
  const folder = join(inject('scratchFolder'), 'packed');
  const answer = join(folder, 'packed.json');
  try {
    await mkdir(folder);
  } catch (error) {
    if (!isErrorCode(error, 'EEXIST')) throw error;
    return whenPacked(answer);
  }
  const packed = await packIn(folder).catch((error: unknown) => ({ failed: String(error) }));
  await writeFile(`${answer}.new`, JSON.stringify(packed));
  await rename(`${answer}.new`, answer);
  return whenPacked(answer);
}

async function whenPacked(answer: string): Promise<Packed> {
  for (;;) {
    const text = await readFile(answer, 'utf8').catch(() => null);
    if (text === null) {
      await setTimeout(100);
      continue;
    }
    const packed: Packed & { readonly failed?: string } = JSON.parse(text);
    if (packed.failed !== undefined) throw new Error(packed.failed);
    return packed;
  }
}

async function packIn(folder: string): Promise<Packed> {
  for (const part of PARTS) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const npm = { cwd: folder, preferLocal: true, localDir: ROOT };
  await execa('npm', ['run', 'build'], npm);
  const { stdout } = await execa('npm', ['pack', '--json', '--ignore-scripts'], npm);
  const [{ filename, unpackedSize, files }] = JSON.parse(stdout);
  return {
    tarball: join(folder, filename),
    unpackedBytes: unpackedSize,
    files: files.map(({ path }: { path: string }) => path),
  };
}

/** A project with the package, and others, installed by npm from the registry. */
export async function projectWithPacked(
  { tarball }: Packed,
  { files, packages = [] }: { files: Readonly<Record<string, string>>; packages?: readonly string[] },
): Promise<string> {
  const root = await project(files);
  await inProject(root, 'npm', ['install', '--save-dev', '--no-audit', '--no-fund', tarball, ...packages]);
  return root;
}

/** A command as a user types it there, on the Node that is tested; throws where it fails. */
export function inProject(root: string, command: string, args: readonly string[]) {
  const {
    npm_config_user_agent: _,
    GITHUB_ACTIONS: _actions,
    GITHUB_STEP_SUMMARY: _summary,
    ...env
  } = process.env;
  return execa(command, args, {
    cwd: root,
    extendEnv: false,
    env: { ...env, PATH: `${dirname(TEST_NODE)}:${env.PATH}`, CI: '1' },
    stdin: 'ignore',
  });
}
