/**
 * Bundles the report's page from src/render/html/page into dist/page.json.br, where outpace reads it when it writes a
 * report. Compressed, since a package is kept in many places, and a page is written now and then.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

const { outputFiles } = await build({
  entryPoints: [resolve(root, 'src/render/html/page/main.tsx')],
  outdir: resolve(root, 'dist'),
  write: false,
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

const textOf = (ending: string): string => {
  const text = outputFiles.find(({ path }) => path.endsWith(ending))?.text;
  if (text === undefined) throw new Error(`the page's bundle has no ${ending}`);
  return text;
};

mkdirSync(resolve(root, 'dist'), { recursive: true });
writeFileSync(
  resolve(root, 'dist/page.json.br'),
  brotliCompressSync(JSON.stringify({ script: textOf('.js'), style: textOf('.css') })),
);
