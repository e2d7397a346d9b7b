/** The gate never compares a tree with itself: whatever the packages are linked by, each tree runs its own code. */
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import type { CheckReport } from '../../src/compare/check-report.ts';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';
import { git } from '../support/repository.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Slower than before, with more calls and another output. */
const lib = (answer: number, calls = 1) => `
function step(x) { return x + 1; }
export function answer() {
  for (let turn = 0; turn < ${calls * 1000}; turn += 1) step(turn);
  return ${answer};
}`;
const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js', ...more });
const USES_LIB = "import { answer } from 'lib'; export const run = () => answer();";

interface Layout {
  readonly files: Readonly<Record<string, string>>;
  /** By their paths below the top, where they lead; `TOP` stands for the top's absolute path. */
  readonly links?: Readonly<Record<string, string>>;
  /** The project's folder below the top. */
  readonly app?: string;
  /** The file that the branch changes. */
  readonly changed?: string;
}

/** A repository on main, whose working tree then has another `lib`. */
async function repositoryAs({
  files,
  links = {},
  changed = 'packages/lib/index.js',
}: Layout): Promise<string> {
  const named = (top: string, text: string) =>
    text.replaceAll('TOP_URL', pathToFileURL(top).href).replaceAll('TOP', top);
  const top = await project({ '.gitignore': 'node_modules\nreports/\nprofiles/\nnot-committed*\n' });
  for (const [file, text] of Object.entries({ [changed]: lib(1), ...files })) {
    await mkdir(dirname(join(top, file)), { recursive: true });
    await writeFile(join(top, file), named(top, text));
  }
  for (const [link, target] of Object.entries(links)) {
    await mkdir(dirname(join(top, link)), { recursive: true });
    await symlink(named(top, target), join(top, link));
  }
  await git(top, 'init', '--quiet', '--initial-branch=main');
  await git(top, 'add', '-A');
  await git(top, 'commit', '--quiet', '-m', 'first');
  await writeFile(join(top, changed), lib(2, 5));
  return top;
}

const WORKSPACE = {
  'package.json': manifest('top', { workspaces: ['packages/*'] }),
  'packages/lib/package.json': manifest('lib'),
  'packages/app/package.json': manifest('app', { dependencies: { lib: '*' } }),
  'packages/app/impl-new/index.js': USES_LIB,
};
const PNPM = {
  ...WORKSPACE,
  'pnpm-workspace.yaml': "packages: ['packages/*']\n",
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
};
const NPM_LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: { '': {}, 'node_modules/lib': { resolved: 'packages/lib', link: true }, 'packages/lib': {} },
});
const FLAT = { 'package.json': manifest('top'), 'packages/lib/package.json': manifest('lib') };

const LAYOUTS: Readonly<Record<string, Layout>> = {
  'pnpm: the lockfile at the top, the link beside the package': {
    files: PNPM,
    links: { 'packages/app/node_modules/lib': '../../lib' },
    app: 'packages/app',
  },
  'pnpm: a package that is reached through another one': {
    files: {
      ...PNPM,
      'packages/app/impl-new/index.js': "import { answer } from 'middle'; export const run = () => answer();",
      'packages/middle/package.json': manifest('middle'),
      'packages/middle/index.js': "export * from 'lib';",
    },
    links: {
      'packages/app/node_modules/middle': '../../middle',
      'packages/middle/node_modules/lib': '../../lib',
    },
    app: 'packages/app',
  },
  'npm: lockfile and links at the top': {
    files: { ...WORKSPACE, 'package-lock.json': NPM_LOCK },
    links: { 'node_modules/lib': '../packages/lib' },
    app: 'packages/app',
  },
  'a scoped package, without a lockfile': {
    files: {
      ...WORKSPACE,
      'packages/lib/package.json': manifest('@our/lib'),
      'packages/app/impl-new/index.js':
        "import { answer } from '@our/lib'; export const run = () => answer();",
    },
    links: { 'node_modules/@our/lib': '../../packages/lib' },
    app: 'packages/app',
  },
  'a lockfile that is not committed': {
    files: {
      ...WORKSPACE,
      '.gitignore': 'node_modules\nreports\npackage-lock.json\n',
      'package-lock.json': NPM_LOCK,
    },
    links: { 'node_modules/lib': '../packages/lib' },
    app: 'packages/app',
  },
  'a lockfile beside the package': {
    files: { ...WORKSPACE, 'packages/app/package-lock.json': NPM_LOCK },
    links: { 'packages/app/node_modules/lib': '../../lib' },
    app: 'packages/app',
  },
  'the config at the top, implementations and links below': {
    files: {
      ...PNPM,
      'outpace.config.mjs': "export default { implementations: { new: './packages/app/impl-new' } };",
    },
    links: { 'packages/app/node_modules/lib': '../../lib' },
  },
  'an absolute link, as npm link makes it': {
    files: FLAT_WITH("import { answer } from 'lib'; export const run = () => answer();"),
    links: {
      'node_modules/lib': 'TOP/node_modules/.linked/lib',
      'node_modules/.linked/lib': 'TOP/packages/lib',
    },
  },
  'a whole node_modules that is a link': {
    files: FLAT_WITH(USES_LIB),
    links: { node_modules: 'not-committed', 'not-committed/lib': '../packages/lib' },
  },
  'a package that was copied when it was installed': {
    files: {
      ...FLAT_WITH(USES_LIB),
      'package.json': manifest('top', { dependencies: { lib: 'file:./packages/lib' } }),
      'node_modules/lib/package.json': manifest('lib'),
      'node_modules/lib/index.js': lib(2),
    },
  },
  'an absolute path in the config': {
    files: {
      ...FLAT_WITH("export { answer as run } from '../packages/lib/index.js';"),
      'outpace.config.mjs': "export default { implementations: { new: 'TOP/impl-new' } };",
    },
  },
  'a file: URL in the config': {
    files: {
      ...FLAT_WITH("export { answer as run } from '../packages/lib/index.js';"),
      'outpace.config.mjs': "export default { implementations: { new: 'TOP_URL/impl-new/index.js' } };",
    },
  },
  'an implementation that is a link': {
    files: { ...FLAT, 'src/own/index.js': "export { answer as run } from '../../packages/lib/index.js';" },
    links: { 'impl-new': 'src/own' },
  },
  'an implementation that is an absolute link': {
    files: { ...FLAT, 'src/own/index.js': "export { answer as run } from '../../packages/lib/index.js';" },
    links: { 'impl-new': 'TOP/src/own' },
  },
  'sources that are an absolute link': {
    files: FLAT_WITH("export { answer as run } from '../src/index.js';"),
    links: { src: 'TOP/packages/lib' },
  },
  'imports of package.json': {
    files: {
      ...FLAT_WITH("import { answer } from '#lib'; export const run = () => answer();"),
      'package.json': manifest('top', { imports: { '#lib': './packages/lib/index.js' } }),
    },
  },
  'a loader at an absolute path': {
    files: {
      ...FLAT_WITH("import { answer } from 'virtual:lib'; export const run = () => answer();"),
      'hooks.mjs': `import { registerHooks } from 'node:module';
        const url = new URL('./packages/lib/index.js', import.meta.url).href;
        registerHooks({ resolve: (specifier, context, next) => next(specifier === 'virtual:lib' ? url : specifier, context) });`,
      'outpace.config.mjs': "export default { nodeOptions: ['--import=TOP_URL/hooks.mjs'] };",
    },
  },
};

function FLAT_WITH(implementation: string) {
  return { ...FLAT, 'impl-new/index.js': implementation };
}

/** What each tree loads and counts is found in real processes; how long its runs take does not matter here. */
async function checked(folder: string, ...args: string[]) {
  const asked = ['check', '--budget', '2s', '--json', '--quiet', ...args];
  const { world: machine } = hybridMachine(() => ({ wallMs: 5 }));
  const { stdout, stderr, exitCode } = await outpaceHere(folder, asked, { machine });
  const report = stdout === '' ? null : (JSON.parse(stdout) as CheckReport);
  return { report, stderr, exitCode };
}

describe('each tree runs its own code', () => {
  test.each(Object.entries(LAYOUTS))('%s', async (_, layout) => {
    const top = await repositoryAs(layout);
    const { report, stderr, exitCode } = await checked(join(top, layout.app ?? ''));
    expect(stderr).toBe('');
    expect(exitCode).toBe(3);
    expect(report?.rules[0]?.why).toMatch(/new@[\da-f]{8}: \$ = 1\nnew: \$ = 2$/);
    expect(report?.dependencies?.choice).not.toBe('installed');
    expect(report?.uncommittedFiles).toEqual([expect.stringMatching(/lib\/index\.js$/)]);
  });

  test('calls and time too, where another output is allowed', async () => {
    const layout = LAYOUTS['pnpm: the lockfile at the top, the link beside the package'];
    const top = await repositoryAs(layout ?? { files: {} });
    const { report, exitCode } = await checked(
      join(top, 'packages/app'),
      ...['--allow-different-output', '--max-slowdown', '10000%', '--max-calls', '10%'],
    );
    expect(exitCode).toBe(2);
    expect(report?.causes).toMatchObject([{ name: 'step', calls: { before: 1000, after: 5000 } }]);
    expect(report?.rules.find(({ name }) => name === 'maxCalls')).toMatchObject({
      verdict: 'fail',
      grown: 'function',
    });
  });
});

describe('where a tree does not, the check fails and names the file', () => {
  const LEADING_BACK: Readonly<Record<string, Layout & { readonly says: RegExp }>> = {
    'a shared package that depends on one of the workspace': {
      files: {
        ...WORKSPACE,
        'packages/app/impl-new/index.js':
          "import { answer } from 'third'; export const run = () => answer();",
        'node_modules/third/package.json': manifest('third'),
        'node_modules/third/index.js': "export * from 'lib';",
      },
      links: { 'node_modules/lib': '../packages/lib' },
      app: 'packages/app',
      says: /new@[\da-f]{8} loaded packages\/lib\/index\.js of this tree instead of its own, .* reached through node_modules\/third, .* --dependencies installed/,
    },
    'an absolute import': {
      files: FLAT_WITH("export { answer as run } from 'TOP_URL/packages/lib/index.js';"),
      says: /new@[\da-f]{8} loaded packages\/lib\/index\.js of this tree .* look for an absolute path in an import/,
    },
    'a worker by its absolute path': {
      files: {
        ...FLAT_WITH(`import { Worker } from 'node:worker_threads';
          export const run = () => new Promise((done) => new Worker(new URL('TOP_URL/worker.js')).once('message', done));`),
        'worker.js': "import { parentPort } from 'node:worker_threads'; parentPort.postMessage(1);",
      },
      says: /new@[\da-f]{8} loaded worker\.js of this tree/,
    },
    'JSON that is required': {
      files: {
        ...FLAT,
        'impl-new/index.cjs': "exports.run = () => require('TOP/data.json').length;",
        'data.json': '[1]',
      },
      says: /new@[\da-f]{8} loaded data\.json of this tree/,
    },
  };

  test.each(Object.entries(LEADING_BACK))('%s', async (_, { says, ...layout }) => {
    const top = await repositoryAs(layout);
    const { report, stderr, exitCode } = await checked(join(top, layout.app ?? ''));
    expect(exitCode).toBe(1);
    expect(report).toBeNull();
    expect(stderr).toMatch(says);
  });

  test('an implementation that is not in the repository', async () => {
    const outside = await project({ 'index.js': 'export const run = () => 1;' });
    const top = await repositoryAs({
      files: { ...FLAT, 'outpace.config.mjs': `export default { implementations: { new: '${outside}' } };` },
    });
    const { stderr, exitCode } = await checked(top);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /the implementation 'new' is .* not in this repository: both sides would run the same file/,
    );
  });

  test('build output that git ignores is not in the other tree, and the error says so', async () => {
    const top = await repositoryAs({
      files: {
        ...FLAT_WITH("export { answer as run } from '../not-committed.js';"),
        'not-committed.js': lib(1),
      },
    });
    const { stderr, exitCode } = await checked(top);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Cannot find module .*not-committed\.js/);
    expect(stderr).toContain('files that git ignores, such as build output, are not in it');
  });
});

describe('what a person should know is a warning', () => {
  test('nothing that changed was run', async () => {
    const top = await repositoryAs({
      files: { ...FLAT_WITH('export const run = () => 1;') },
      changed: 'other/README.md',
    });
    const { report, exitCode } = await checked(top, '--max-slowdown', '10000%');
    expect(exitCode).toBe(0);
    expect(report?.warnings).toEqual([
      expect.stringMatching(
        /^the 1 file that new and new@[\da-f]{8} load from the repository are the same in both trees/,
      ),
    ]);
  });

  test('an uncommitted change counts only in a package that something was loaded from', async () => {
    const top = await repositoryAs({
      files: {
        ...PNPM,
        'packages/lib/index.js': lib(1),
        'packages/unused/package.json': manifest('unused'),
        'packages/unused/index.js': '',
      },
      links: { 'packages/app/node_modules/lib': '../../lib' },
      changed: 'packages/unused/index.js',
    });
    await writeFile(join(top, 'README.md'), 'new');
    const args = ['--max-slowdown', '10000%'] as const;
    expect((await checked(join(top, 'packages/app'), ...args)).report).toMatchObject({
      ...{ uncommittedChanges: false, uncommittedFiles: [] },
    });
    await writeFile(join(top, 'packages/lib/more.js'), '');
    await writeFile(join(top, 'pnpm-lock.yaml'), "lockfileVersion: '9.0'\n# changed\n");
    expect((await checked(join(top, 'packages/app'), ...args)).report).toMatchObject({
      ...{ uncommittedChanges: true, uncommittedFiles: ['../lib/more.js', '../../pnpm-lock.yaml'] },
    });
  });

  test('a file from outside the repository that both sides load', async () => {
    const outside = await project({ 'index.mjs': 'export const one = 1;' });
    const top = await repositoryAs({
      files: FLAT_WITH(
        `export { one } from '${pathToFileURL(outside).href}/index.mjs'; export const run = () => 1;`,
      ),
    });
    const { report } = await checked(top, '--max-slowdown', '10000%');
    expect(report?.warnings[0]).toMatch(/^both sides load .*index\.mjs from outside the repository/);
  });
});

describe("this tree's implementation with the other commit's sources", () => {
  const SOURCES = {
    'package.json': manifest('top'),
    'src/lib.js': lib(1),
    'outpace.config.mjs': 'export default { check: { maxSlowdown: 1000 }, input: { size: 1 } };',
  };
  const IMPLEMENTATION = {
    'impl-new/index.js':
      "import { answer } from '../src/lib.js'; import { twice } from './part.js'; export const run = () => twice(answer());",
    'impl-new/part.js': 'export const twice = (value) => value * 2;',
  };

  /** A repository that had no implementation, or another one, before. */
  async function grownRepository(before: Readonly<Record<string, string>> = {}): Promise<string> {
    const top = await repositoryAs({ files: { ...SOURCES, ...before }, changed: 'src/lib.js' });
    for (const [file, text] of Object.entries(IMPLEMENTATION)) {
      await mkdir(dirname(join(top, file)), { recursive: true });
      await writeFile(join(top, file), text);
    }
    return top;
  }

  test('the error for a missing implementation names the option, and the option works', async () => {
    const top = await grownRepository();
    const without = await checked(top);
    expect(without.exitCode).toBe(1);
    expect(without.stderr).toMatch(/has no implementation 'new' .*--implementation-from this-tree/);
    const { report, exitCode } = await checked(top, '--implementation-from', 'this-tree');
    expect(exitCode).toBe(3);
    expect(report?.rules[0]?.why).toMatch(/new@[\da-f]{8}: \$ = 2\nnew: \$ = 4$/);
    expect(report?.implementationFrom).toBe('this-tree');
    expect(report?.command).toContain('--implementation-from this-tree');
  });

  test('it replaces what the other commit has in its place', async () => {
    const top = await grownRepository({
      'impl-new/index.mjs': 'export const run = () => 7;',
      'impl-new/index.ts': 'export const run = () => 8;',
    });
    await git(top, 'rm', '--quiet', '--force', 'impl-new/index.ts', 'impl-new/index.mjs');
    const { report, exitCode } = await checked(top, '--implementation-from', 'this-tree');
    expect(exitCode).toBe(3);
    expect(report?.rules[0]?.why).toMatch(/new@[\da-f]{8}: \$ = 2\nnew: \$ = 4$/);
  });

  test('a single module is copied without its neighbors, which are sources', async () => {
    const top = await grownRepository();
    await writeFile(
      join(top, 'src/bench.js'),
      "import { answer } from './lib.js'; export const run = () => answer();",
    );
    await writeFile(
      join(top, 'outpace.config.mjs'),
      "export default { implementations: { new: './src/bench.js' }, check: { implementationFrom: 'this-tree' } };",
    );
    const { report, exitCode } = await checked(top);
    expect(exitCode).toBe(3);
    expect(report?.rules[0]?.why).toMatch(/new@[\da-f]{8}: \$ = 1\nnew: \$ = 2$/);
  });
});

describe("the other commit's packages", () => {
  const locked = (version: string, own = '1.0.0') =>
    JSON.stringify({
      ...{ name: 'p', version: own, lockfileVersion: 3 },
      packages: {
        '': { name: 'p', version: own },
        'node_modules/third': { version, integrity: `sha512-${version}` },
      },
    });
  const layout: Layout = {
    files: {
      ...FLAT_WITH(
        "import { third } from 'third'; export { answer } from '../packages/lib/index.js'; export const run = () => third;",
      ),
      'package-lock.json': locked('1.0.0'),
      'node_modules/third/package.json': manifest('third'),
      'node_modules/third/index.js': 'export const third = 3;',
    },
  };

  test('are shared where only the version of the project differs, and the report says why', async () => {
    const top = await repositoryAs(layout);
    await writeFile(join(top, 'package-lock.json'), locked('1.0.0', '2.0.0'));
    const { report, exitCode } = await checked(top, '--max-slowdown', '10000%');
    expect(exitCode).toBe(0);
    expect(report?.dependencies).toEqual({
      choice: 'shared',
      why: 'package-lock.json differs, but all that it locks in the other commit is installed here',
    });
  });

  test('are shared where that is asked for, whatever is locked', async () => {
    const top = await repositoryAs(layout);
    await writeFile(join(top, 'package-lock.json'), locked('2.0.0'));
    const { report, exitCode } = await checked(top, '--max-slowdown', '10000%', '--dependencies', 'shared');
    expect(exitCode).toBe(0);
    expect(report?.dependencies).toEqual({ choice: 'shared', why: '--dependencies shared' });
    expect(report?.command).toContain('--dependencies shared');
  });

  /** Package managers that say what they were asked for, and install it. */
  async function withManagers(): Promise<Readonly<Record<string, string>>> {
    const bin = await project({
      npm:
        '#!/bin/sh\nmkdir -p node_modules/third\necho "$@" > node_modules/asked\n' +
        'echo \'{"name":"third","type":"module","exports":"./index.js"}\' > node_modules/third/package.json\n' +
        "echo 'export const third = 4;' > node_modules/third/index.js\n",
    });
    await chmod(join(bin, 'npm'), 0o755);
    return { PATH: `${bin}:${process.env.PATH}` };
  }

  test.each([
    { args: [], choice: 'installed', why: 'package-lock.json differs: third is 1.0.0 there and 2.0.0 here' },
    { args: ['--dependencies', 'installed'], choice: 'installed', why: '--dependencies installed' },
    { args: ['--dependencies', 'production'], choice: 'production', why: '--dependencies production' },
  ])('are installed: $why', async ({ args, choice, why }) => {
    const top = await repositoryAs(layout);
    await writeFile(join(top, 'package-lock.json'), locked('2.0.0'));
    const { stdout, exitCode, stderr } = await outpace(
      top,
      ['check', '--json', ...args],
      await withManagers(),
    );
    expect({ stdout, stderr }).toMatchObject({ stdout: expect.stringContaining('{') });
    const report = JSON.parse(stdout) as CheckReport;
    expect(exitCode).toBe(3);
    expect(report.rules[0]?.why).toMatch(/new@[\da-f]{8}: \$ = 4\nnew: \$ = 3$/);
    expect(report.dependencies).toEqual({ choice, why });
    expect(stderr).toContain(choice === 'production' ? '--ignore-scripts --omit=dev' : 'npm ci');
  });
});

test('the printed command repeats everything that was asked for', async () => {
  const top = await repositoryAs({
    files: FLAT_WITH("export { answer as run } from '../packages/lib/index.js';"),
  });
  const { report } = await checked(
    top,
    '--seed',
    '5',
    '--timeout',
    '30s',
    '--input',
    'size="42"',
    '--max-slowdown',
    '20%',
  );
  const head = await git(top, 'rev-parse', 'HEAD');
  expect(report?.command).toBe(
    `outpace check --against ${head} --job top --max-slowdown 20% --budget 2s --timeout 30s --seed 5 --input 'size="42"'`,
  );
});
