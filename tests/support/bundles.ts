import { execa } from 'execa';

/** What is bundled as its source is now, made once before all tests: several files of tests read it. */
export default async function setup() {
  for (const script of ['scripts/bundle-page.ts', 'scripts/bundle-child.ts'])
    await execa(process.execPath, [script]);
}
