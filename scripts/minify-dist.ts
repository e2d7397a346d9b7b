/**
 * Takes the white space out of the JavaScript in `dist`, file by file: names stay, for the sake of stack traces, and so
 * do the files, since some are loaded only when they are needed, and some by their path in another process.
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
  minifyWhitespace: true,
  minifySyntax: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.19',
  logLevel: 'warning',
});
