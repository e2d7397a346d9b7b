/** Functions of built code are shown where, and by the name that, they were written. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { ProfileReport, ReportFunction } from '../../src/compare/profile-report.ts';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { projectWithPackages } from '../support/outpace.ts';

const CALLS_OF_FIB_20 = 21_891;
const SOURCE = `interface Input { readonly n: number }
enum Kind { Small = 20 }

function fibonacci(value: number): number {
  return value < 2 ? value : fibonacci(value - 1) + fibonacci(value - 2);
}

const twice = (value: number): number =>
  fibonacci(value) + fibonacci(value);

export function run(_: Input): number {
  return twice(Kind.Small);
}
`;

async function profiled(root: string): Promise<ProfileReport> {
  const { stdout, stderr, exitCode } = await outpace(root, ['profile', 'new', '--runs', '1', '--json']);
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

function written({ functions }: ProfileReport, name: string): Partial<ReportFunction> {
  const { file, line, calls } = functions.find((row) => row.name === name) ?? {};
  return { file, line, calls } as Partial<ReportFunction>;
}

describe('a bundle', () => {
  const bundled = async (options: { minify: boolean; sourcemap: 'linked' | 'inline' }): Promise<string> => {
    const root = await projectWithPackages({
      'lib/job.ts': SOURCE,
      'package.json': '{"type":"module"}',
      'outpace.config.json': '{"implementations":{"new":"./dist/job.js"}}',
    });
    await build({
      entryPoints: [join(root, 'lib/job.ts')],
      outfile: join(root, 'dist/job.js'),
      bundle: true,
      format: 'esm',
      logLevel: 'silent',
      ...options,
    });
    return root;
  };

  test.each([
    { minify: false, sourcemap: 'linked' },
    { minify: false, sourcemap: 'inline' },
    { minify: true, sourcemap: 'linked' },
  ] as const)('minified: $minify, source map: $sourcemap', async (options) => {
    const report = await profiled(await bundled(options));
    expect(written(report, 'fibonacci')).toEqual({ file: 'lib/job.ts', line: 4, calls: 2 * CALLS_OF_FIB_20 });
    expect(written(report, 'twice')).toEqual({ file: 'lib/job.ts', line: 8, calls: 1 });
    expect(report.warnings.join()).not.toContain('source map');
  });

  test('whose map is gone shows the built lines, and says so', async () => {
    const root = await bundled({ minify: false, sourcemap: 'linked' });
    await rm(join(root, 'dist/job.js.map'));
    const report = await profiled(root);
    expect(written(report, 'fibonacci').file).toBe('dist/job.js');
    expect(report.warnings.join()).toMatch(/source map is missing or unreadable.*dist\/job\.js/);
  });
});

test('a loader that builds in memory is passed on by nodeOptions, and its maps are followed in workers too', async () => {
  const root = await projectWithPackages({
    'package.json': '{"type":"module"}',
    'outpace.config.json': '{"nodeOptions":["--import","tsx"]}',
    'impl-new/fib.ts': `// built by tsx into other lines\nenum Few { Two = 2 }\n\n\nexport function fib(n: number): number {
  return n < Few.Two ? n : fib(n - 1) + fib(n - 2);
}
`,
    'impl-new/worker.ts': `import { parentPort } from 'node:worker_threads';
import { fib } from './fib.ts';
parentPort?.postMessage(fib(20));
`,
    'impl-new/index.ts': `import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { fib } from './fib.ts';
export async function run(): Promise<number> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  const [theirs] = await once(worker, 'message');
  return theirs + fib(20);
}
`,
  });
  expect(written(await profiled(root), 'fib')).toEqual({
    file: 'impl-new/fib.ts',
    line: 5,
    calls: 2 * CALLS_OF_FIB_20,
  });
});

test('syntax that cannot be stripped is told of, with what to do', async () => {
  const root = await projectWithPackages({
    'impl-new/index.ts': 'enum A { B }\nexport const run = () => A.B;\n',
  });
  const { exitCode, stderr } = await outpace(root, ['profile', 'new', '--runs', '1', '--quiet']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/failed in import/);
  expect(stderr).toMatch(/nodeOptions/);
});
