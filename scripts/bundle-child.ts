/**
 * Bundles the measured process from src/capture/child/main.ts into dist/child/main.cjs, one plain CommonJS file, so that
 * it starts like a bare script: no types to strip, no packages to find. A checkout and the package run the same file.
 *
 * What is behind an `import()` in the source is in the file too, but is evaluated only when it is reached.
 */
import { resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

await build({
  entryPoints: [resolve(root, 'src/capture/child/main.ts')],
  outfile: resolve(root, 'dist/child/main.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22.19',
  // Names stay, for the sake of stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  banner: { js: "'use strict'; const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': 'ownUrl' },
  logLevel: 'warning',
});
