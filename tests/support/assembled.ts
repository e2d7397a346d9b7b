import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import wabt from 'wabt';

/** The WebAssembly of a text file, in base64. */
export async function assembled(file: string): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat(basename(file), await readFile(file, 'utf8'), { bulk_memory: true });
  try {
    module.validate();
    return Buffer.from(module.toBinary({}).buffer).toString('base64');
  } finally {
    module.destroy();
  }
}
