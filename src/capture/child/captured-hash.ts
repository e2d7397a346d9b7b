/** Hashing, taken before the implementation is imported; apart from `captured.ts`, since loading node:crypto takes 3 ms. */
import { createHash, Hash, hash } from 'node:crypto';
import { uncurried } from './captured.ts';

// What an imported name stands for changes when the job replaces it on the module.
export const newHash = createHash;
export const hashOf = hash;

const updateHash = uncurried(Hash.prototype.update as (this: Hash, text: string) => Hash);
const digestOf = uncurried(Hash.prototype.digest as (this: Hash, encoding: 'hex') => string);

/** Of text, in hexadecimal digits. */
export function sha256Of(text: string): string {
  return digestOf(updateHash(newHash('sha256'), text), 'hex');
}
