/** Takes away the declarations in `dist` that the package's public entry does not lead to: nobody can import them. */
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const dist = resolve(import.meta.dirname, '../dist');
const reached = new Set<string>();

function reach(file: string): void {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(
    /(?:from|import\()\s*["'](\.[^"']+)["']/g,
  )) {
    const declaration = join(dirname(file), path.replace(/\.[jt]s$/, '.d.ts'));
    if (existsSync(declaration)) reach(declaration);
  }
}

reach(join(dist, 'index.d.ts'));
for (const file of globSync('**/*.d.ts', { cwd: dist })) {
  if (!reached.has(join(dist, file))) rmSync(join(dist, file));
}
