import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { installCommand, type Lockfile } from './install-command.ts';

const folder = await mkdtemp(join(tmpdir(), 'outpace-install-'));
afterAll(() => rm(folder, { recursive: true }));

let trees = 0;
async function tree(files: Readonly<Record<string, string>>): Promise<string> {
  trees += 1;
  const top = join(folder, `tree-${trees}`);
  for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
    await mkdir(dirname(join(top, name)), { recursive: true });
    await writeFile(join(top, name), text);
  }
  return top;
}

const CLASSIC = { 'yarn.lock': '# yarn lockfile v1\n' };
const MODERN = { 'yarn.lock': '__metadata:\n  version: 8\n' };
const NPM = '--no-audit --no-fund --ignore-scripts';

describe.each<{
  readonly lockfile: Lockfile;
  readonly files?: Readonly<Record<string, string>>;
  readonly locked: string;
  readonly unlocked: string;
  readonly production: string;
}>([
  {
    lockfile: 'package-lock.json',
    locked: `npm ci ${NPM}`,
    unlocked: `npm install --no-package-lock ${NPM}`,
    production: `npm ci ${NPM} --omit=dev`,
  },
  {
    lockfile: 'pnpm-lock.yaml',
    locked: 'pnpm install --frozen-lockfile --ignore-scripts --ignore-pnpmfile',
    unlocked: 'pnpm install --no-lockfile --ignore-scripts --ignore-pnpmfile',
    production: 'pnpm install --frozen-lockfile --ignore-scripts --prod --ignore-pnpmfile',
  },
  {
    lockfile: 'yarn.lock',
    files: CLASSIC,
    locked: 'yarn install --frozen-lockfile --ignore-scripts --non-interactive',
    unlocked: 'yarn install --no-lockfile --ignore-scripts --non-interactive',
    production: 'yarn install --frozen-lockfile --ignore-scripts --non-interactive --production',
  },
  {
    lockfile: 'yarn.lock',
    files: MODERN,
    locked: 'yarn install --immutable --mode=skip-build',
    unlocked: 'yarn install --no-immutable --mode=skip-build',
    production: 'yarn workspaces focus --all --production',
  },
  {
    lockfile: 'bun.lock',
    locked: 'bun install --frozen-lockfile --ignore-scripts',
    unlocked: 'bun install --no-save --ignore-scripts',
    production: 'bun install --frozen-lockfile --ignore-scripts --production',
  },
])('$lockfile: $locked', ({ lockfile, files = {}, locked, unlocked, production }) => {
  test('what is locked', async () => {
    const both = { here: await tree(files), there: await tree(files) };
    const words = await installCommand(lockfile, both, { isLocked: true, isProduction: false });
    expect(words.join(' ')).toBe(locked);
  });

  test('without a lockfile there', async () => {
    const both = { here: await tree(files), there: await tree({}) };
    const words = await installCommand(lockfile, both, { isLocked: false, isProduction: false });
    expect(words.join(' ')).toBe(unlocked);
  });

  test('without development packages', async () => {
    const both = { here: await tree(files), there: await tree(files) };
    const words = await installCommand(lockfile, both, { isLocked: true, isProduction: true });
    expect(words.join(' ')).toBe(production);
  });
});

test("this tree's own yarn gets the same options, whatever starts it", async () => {
  const here = await tree({ ...MODERN, '.yarnrc.yml': 'yarnPath: .yarn/yarn.cjs\n' });
  const both = { here, there: await tree(MODERN) };
  const words = await installCommand('yarn.lock', both, { isLocked: true, isProduction: true });
  expect(words).toEqual([
    'node',
    join(here, '.yarn/yarn.cjs'),
    ...'workspaces focus --all --production'.split(' '),
  ]);
});

test.each([{ isLocked: true }, { isLocked: false }])(
  'hooks of pnpm have to be those of this tree: $isLocked',
  async ({ isLocked }) => {
    const [here, there] = [await tree({ '.pnpmfile.cjs': '// 1' }), await tree({ '.pnpmfile.cjs': '// 2' })];
    const command = installCommand('pnpm-lock.yaml', { here, there }, { isLocked, isProduction: false });
    await expect(command).rejects.toThrow('pnpm would run its .pnpmfile.cjs');
  },
);
