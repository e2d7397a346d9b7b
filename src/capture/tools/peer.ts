import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OutpaceError } from '../../base/errors.ts';

/**
 * Where a file of an optional package is, looked for in the user's project first.
 *
 * @throws OutpaceError MISSING_PACKAGE that says what to install
 */
export function findPeer(root: string, name: string, file: string): string {
  const found = findFile(root, `${name}/${file}`);
  if (found !== null) return found;
  throw new OutpaceError(
    'MISSING_PACKAGE',
    `this needs the package ${name}, which is not installed: npm install --save-dev ${name}`,
  );
}

/** null where it is not installed. */
export function peerVersion(root: string, name: string): string | null {
  const file = findFile(root, `${name}/package.json`);
  return file === null ? null : JSON.parse(readFileSync(file, 'utf8')).version;
}

function findFile(root: string, path: string): string | null {
  for (const from of [pathToFileURL(join(root, 'package.json')).href, import.meta.url]) {
    try {
      return createRequire(from).resolve(path);
    } catch {
      // Looked for in the next place.
    }
  }
  return null;
}
