/** Makes `src/profile/plain-kernel-code.ts` of `src/profile/plain-kernel.wat`: `node scripts/assemble-kernel.ts`. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assembled } from '../tests/support/assembled.ts';

const SOURCE = resolve(import.meta.dirname, '../src/profile/plain-kernel.wat');
const lines = (await assembled(SOURCE)).match(/.{1,100}/g) ?? [];
await writeFile(
  SOURCE.replace('.wat', '-code.ts'),
  `/** \`plain-kernel.wat\`, assembled by \`node scripts/assemble-kernel.ts\`: WebAssembly in base64. */
export const PLAIN_KERNEL = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`,
);
