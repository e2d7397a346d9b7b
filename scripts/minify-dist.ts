/**
 * Minifies the JavaScript in `dist`, file by file: the files stay, since some are loaded only when they are needed, and
 * some by their path in another process. A stack trace then names files and lines, but short names of functions.
 */
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const dist = resolve(import.meta.dirname, '../dist');

await build({
  entryPoints: globSync('**/*.js', { cwd: dist }).map((file) => join(dist, file)),
  outdir: dist,
  outbase: dist,
  allowOverwrite: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.19',
  logLevel: 'warning',
});
