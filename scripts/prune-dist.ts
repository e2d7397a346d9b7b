/**
 * Takes out of `dist` what nobody can reach: declarations that the package's public entry does not lead to, and modules of
 * the measured process, which are in its bundle, that no other program imports.
 */
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const dist = resolve(import.meta.dirname, '../dist');
/** Of `capture/child`, but programs of their own. */
const PROGRAMS = ['capture/child/config.js', 'capture/child/bare-run.js'];

function reachedFrom(entries: readonly string[], ending: '.js' | '.d.ts'): ReadonlySet<string> {
  const reached = new Set(entries);
  // Grows while it is walked.
  for (const file of reached) {
    for (const [, path = ''] of readFileSync(join(dist, file), 'utf8').matchAll(
      /(?:from|import\()\s*["'](\.[^"']+)["']/g,
    )) {
      const target = join(dirname(file), path.replace(/\.[jt]s$/, ending));
      if (existsSync(join(dist, target))) reached.add(target);
    }
  }
  return reached;
}

function removeAllBut(reached: ReadonlySet<string>, files: readonly string[]): void {
  for (const file of files) if (!reached.has(file)) rmSync(join(dist, file));
}

removeAllBut(reachedFrom(['index.d.ts'], '.d.ts'), globSync('**/*.d.ts', { cwd: dist }));
const inChild = globSync('capture/child/**/*.js', { cwd: dist });
const others = globSync('**/*.js', { cwd: dist }).filter((file) => !inChild.includes(file));
removeAllBut(reachedFrom([...others, ...PROGRAMS], '.js'), inChild);
