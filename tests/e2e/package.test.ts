/** The package as a stranger gets it: packed, installed by npm into a project of theirs, and used. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ProfileReport } from '../../src/compare/profile-report.ts';
import { inProject, type Packed, pack, projectWithPacked } from '../support/packed.ts';

const MODULE = '{"type":"module","private":true}';
let packed: Packed;
beforeAll(async () => {
  packed = await pack();
}, 120_000);

test('it is small, and has what it needs', () => {
  expect(packed.unpackedBytes).toBeLessThan(900_000);
  expect(packed.files).toEqual(
    expect.arrayContaining([
      'bin/outpace.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/page.json.br',
      'LICENSE',
      'README.md',
    ]),
  );
  expect(packed.files.filter((file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file))).toEqual([]);
  expect(packed.files.filter((file) => /\.test\.|impl-|faker/.test(file))).toEqual([]);
});

describe('in somebody’s project', () => {
  test('an empty one: init, then the gain', { timeout: 480_000 }, async () => {
    const root = await projectWithPacked(packed, { files: { 'package.json': '{"private":true}' } });
    await inProject(root, 'npx', ['outpace', 'init']);
    const { stdout } = await inProject(root, 'npx', ['outpace', 'gain', '--quick']);
    expect(stdout).toMatch(/^Efficiency gain [\d.]+ % \(.*\): new is faster/);
    expect(stdout).toMatch(/^Page: {3}reports\/\S+_report\.html$/m);
    await rm(join(root, 'node_modules/outpace/dist/page.json.br'));
    const failed = await inProject(root, 'npx', ['outpace', 'report']).catch((error) => error);
    expect(failed).toMatchObject({ exitCode: 1, stdout: '' });
    expect(failed.stderr).toContain('npm run build:page');
  });

  test('CommonJS', { timeout: 480_000 }, async () => {
    const root = await projectWithPacked(packed, {
      files: {
        'package.json': '{"private":true}',
        'impl-old/index.js':
          'exports.run = ({ n }) => { let s = 0; for (let i = 0; i < n; i++) s += i; return s; };',
        'impl-new/index.js': 'exports.run = ({ n }) => (n * (n - 1)) / 2;',
        'outpace.config.js': "module.exports = { job: 'sum', input: { n: 1000 } };",
      },
    });
    const { stdout } = await inProject(root, 'npx', ['outpace', 'profile', 'new', '--runs', '1', '--json']);
    const report: ProfileReport = JSON.parse(stdout);
    expect(report).toMatchObject({ job: 'sum', input: { n: 1000 } });
    expect(report.functions).toContainEqual(
      expect.objectContaining({ name: 'exports.run', file: 'impl-new/index.js', calls: 1 }),
    );
  });

  test('TypeScript: the types hold, without a look at what lies behind them', {
    timeout: 480_000,
  }, async () => {
    const root = await projectWithPacked(packed, {
      files: {
        'package.json': MODULE,
        'tsconfig.json': JSON.stringify({
          compilerOptions: {
            ...{ module: 'nodenext', target: 'es2024', lib: ['es2024', 'dom'], strict: true, noEmit: true },
            ...{ skipLibCheck: false, types: [] },
          },
        }),
        'outpace.config.ts':
          "import { defineConfig } from 'outpace';\nexport default defineConfig({ job: 'mine' });\n",
        'use.ts': `import { bench, type BenchReport, compare, type Comparison, defineConfig, efficiencyGain, gain, OutpaceError, profile, type ProgressEvent } from 'outpace';
          const { report, file }: { report: BenchReport; file: string } = await bench({
            before: 'old', after: ['new', 'newer'], budgetMs: 10, signal: AbortSignal.timeout(1000),
            onProgress: (event: ProgressEvent) => event.kind === 'pair' ? event.result.pairs.length : event.message,
          });
          const { comparison }: { comparison: Comparison } = await gain({ quick: true });
          const kind: 'faster' | 'slower' | 'unchanged' | 'inconclusive' = (await compare()).verdict.kind;
          const calls: number | null = (await profile({ implementation: 'new' })).report.totalCalls;
          const gained: number = efficiencyGain(12.154, 3.377);
          try { } catch (error) { if (error instanceof OutpaceError && error.code === 'USAGE') throw error; }
          export { calls, comparison, file, gained, kind, report };
          // @ts-expect-error an implementation is named
          await profile({});
          // @ts-expect-error no such mode
          await bench({ mode: 'hot' });
          // @ts-expect-error no such setting
          defineConfig({ jobb: 'x' });
          `,
      },
      packages: ['typescript@7.0.2'],
    });
    const { stdout } = await inProject(root, 'npx', ['tsc']);
    expect(stdout).toBe('');
  });

  test('a bundle with a source map', { timeout: 480_000 }, async () => {
    const root = await projectWithPacked(packed, {
      files: {
        'package.json': MODULE,
        'lib/job.ts':
          'enum Size { Few = 3 }\n\nfunction once(): void {}\n\nexport function run(): number {\n  for (let i = 0; i < Size.Few; i += 1) once();\n  return 1;\n}\n',
        'outpace.config.mjs': "export default { implementations: { new: './dist/job.js' } };",
      },
    });
    await build({
      entryPoints: [join(root, 'lib/job.ts')],
      outfile: join(root, 'dist/job.js'),
      ...{ bundle: true, format: 'esm', minify: false, sourcemap: true, logLevel: 'silent' },
    });
    const { stdout } = await inProject(root, 'npx', ['outpace', 'profile', 'new', '--runs', '1', '--json']);
    expect(JSON.parse(stdout).functions).toContainEqual(
      expect.objectContaining({ name: 'once', file: 'lib/job.ts', line: 3, calls: 3 }),
    );
  });

  test('two majors of a published package', { timeout: 480_000 }, async () => {
    const sorter = (name: string) => `import semver from '${name}';
      export function run({ versions }) {
        const all = Array.from({ length: versions }, (_, i) => \`\${i % 7}.\${i % 11}.\${i % 13}\`);
        return semver.sort(all);
      }`;
    const root = await projectWithPacked(packed, {
      files: {
        'package.json': MODULE,
        'five.mjs': sorter('semver-5'),
        'seven.mjs': sorter('semver-7'),
        'outpace.config.mjs': `import { defineConfig } from 'outpace';
          export default defineConfig({
            job: 'sort-versions',
            input: { versions: 20_000 },
            implementations: { five: './five.mjs', seven: './seven.mjs' },
            before: 'five',
            after: 'seven',
          });`,
      },
      packages: ['semver-5@npm:semver@5.7.2', 'semver-7@npm:semver@7.7.2'],
    });
    const { stdout } = await inProject(root, 'npx', [
      'outpace',
      'bench',
      '--pairs',
      '6',
      '--json',
      '--quiet',
    ]);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      kind: 'bench',
      job: 'sort-versions',
      before: 'five',
      after: 'seven',
      outputsEqual: true,
    });
    expect(report.pairs).toHaveLength(6);
  });

  test('an optional package that is not there is asked for by name', { timeout: 480_000 }, async () => {
    const root = await projectWithPacked(packed, {
      files: { 'package.json': MODULE, 'impl-new/index.js': 'export const run = () => 1;' },
    });
    for (const [command, name] of [
      ['flame', '0x'],
      ['doctor', 'clinic'],
    ]) {
      const failed = await inProject(root, 'npx', ['outpace', command ?? '', 'new']).catch((error) => error);
      expect(failed).toMatchObject({ exitCode: 1 });
      expect(failed.stderr).toContain(
        `this needs the package ${name}, which is not installed: npm install --save-dev ${name}`,
      );
    }
  });
});
