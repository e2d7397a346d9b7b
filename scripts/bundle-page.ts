/** Bundles the report's page from src/render/html/page into dist/page, where outpace reads it when it writes a report. */
import { resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

await build({
  entryPoints: [resolve(root, 'src/render/html/page/main.tsx')],
  outdir: resolve(root, 'dist/page'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome120', 'firefox120', 'safari17'],
  // The page stands in a file on its own: nothing may be left to import, and its text is ASCII whatever the charset.
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
  tsconfig: resolve(root, 'src/render/html/page/tsconfig.json'),
});
