import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OutpaceError } from '../base/errors.ts';

/**
 * Holds the programs that run beside a measurement or in its place, each one plain file, so that its start is that of a
 * bare script. Frames below this are outpace's own. The same from src/capture and from dist/capture.
 */
export const HARNESS_URL = new URL('../../dist/child/', import.meta.url).href;

/**
 * The path of such a program.
 *
 * @throws OutpaceError MISSING_PACKAGE that says how it is built
 */
export function builtProgram(name: 'main' | 'guard'): string {
  const file = fileURLToPath(new URL(`${name}.cjs`, HARNESS_URL));
  if (existsSync(file)) return file;
  throw new OutpaceError(
    'MISSING_PACKAGE',
    `the program that a measured process runs is not built, as after an npm ci --ignore-scripts: npm run build:child builds it (${file})`,
  );
}
