/**
 * Bundles the measured process (src/capture/child/main.ts) and the guard beside it into dist/child, each one plain
 * CommonJS file, so that it starts like a bare script: no types to strip, no packages to find. A checkout and the package
 * run the same files.
 *
 * What is behind an `import()` in the source is in the file too, but is evaluated only when it is reached.
 */
import { resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

await build({
  entryPoints: {
    main: resolve(root, 'src/capture/child/main.ts'),
    guard: resolve(root, 'src/capture/guard-process.ts'),
  },
  outdir: resolve(root, 'dist/child'),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22.19',
  minify: true,
  legalComments: 'none',
  banner: { js: "'use strict'; const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': 'ownUrl' },
  logLevel: 'warning',
});
