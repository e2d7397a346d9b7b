import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import { messageOf, OutpaceError } from '../base/errors.ts';

/** The script and stylesheet of the report's page, bundled. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

// The same from src/store and from dist/store.
const BUNDLE = new URL('../../dist/page.json.br', import.meta.url);

/** @throws OutpaceError MISSING_PACKAGE that says how it is made */
export async function readPageBundle(): Promise<PageBundle> {
  try {
    return JSON.parse(brotliDecompressSync(await readFile(BUNDLE)).toString());
  } catch (error) {
    throw new OutpaceError(
      'MISSING_PACKAGE',
      `the report's page is not built, as after an npm ci --ignore-scripts: npm run build:page makes it (${messageOf(error)})`,
      { cause: error },
    );
  }
}
