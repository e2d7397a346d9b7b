/** A job of this repository's gate: reading recordings and working out where their time went, as `compare` does. */
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { summariseLone } from '../../src/compare/lone-profile.ts';
import { readStored } from '../../src/store/reports.ts';

const FIXTURES = resolve(import.meta.dirname, '../../tests/fixtures');

/** @returns the self time of all functions in all recordings, ms, and how many functions there are */
export async function run({ repeats }: { readonly repeats: number }) {
  const files = globSync('*.cpuprofile', { cwd: FIXTURES }).toSorted();
  let [selfMs, functions] = [0, 0];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const name of files) {
      const stored = await readStored(join(FIXTURES, name));
      if (stored.kind !== 'profile') throw new Error(`${name} holds no recording`);
      const summary = summariseLone(stored.threads);
      functions += summary.functions.length;
      selfMs += summary.functions.reduce((sum, row) => sum + row.selfMs, 0);
    }
  }
  return { selfMs: Math.round(selfMs), functions };
}
